using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Comparing;

/// <summary>Compares two merged models value by value. Their origins are ignored.</summary>
public static class ConfigComparison
{
    /// <summary>Lists the differences.</summary>
    /// <param name="left">The canonical model to compare with.</param>
    /// <param name="right">The canonical model to compare.</param>
    /// <returns>The differences: services by name, then the rest, each in the order of the model.</returns>
    public static IReadOnlyList<ConfigDifference> Compare(MappingNode left, MappingNode right) => Mappings(left, right, ModelPath.Root)
        .OrderBy(difference => difference.Service is null).ThenBy(difference => difference.Service, StringComparer.Ordinal)
        .ToArray();

    private static IEnumerable<ConfigDifference> Mappings(MappingNode? left, MappingNode? right, ModelPath path) => Keys(left, right)
        .SelectMany(key => Nodes(left?[key], right?[key], path.Below(key)));

    private static IEnumerable<string> Keys(MappingNode? left, MappingNode? right) =>
        (left?.Entries ?? []).Concat(right?.Entries ?? []).Select(entry => entry.Key).Distinct(StringComparer.Ordinal);

    private static IEnumerable<ConfigDifference> Nodes(Node? left, Node? right, ModelPath path)
    {
        // A service or volume that exists on only one side is one difference, not one for each of its attributes.
        bool whole = path.Keys.Count == 2 && (left is null || right is null);
        return (left, right) switch
        {
            _ when whole => [Difference(left, right, path)],
            (MappingNode or null, MappingNode or null) when (left ?? right) is MappingNode { Count: > 0 } => Mappings(left as MappingNode, right as MappingNode, path),
            (SequenceNode or null, SequenceNode or null) when ItemKeys.For(path) is { } keys => Lists(left as SequenceNode, right as SequenceNode, path, keys),
            _ => Same(left, right) ? [] : [Difference(left, right, path)],
        };
    }

    private static IEnumerable<ConfigDifference> Lists(SequenceNode? left, SequenceNode? right, ModelPath path, Func<Node, string> keys)
    {
        Dictionary<string, Node> before = ItemKeys.Index(left, keys);
        Dictionary<string, Node> after = ItemKeys.Index(right, keys);
        return before.Keys.Concat(after.Keys).Distinct(StringComparer.Ordinal)
            .Select(key => (Key: key, Left: before.GetValueOrDefault(key), Right: after.GetValueOrDefault(key)))
            .Where(item => !Same(item.Left, item.Right))
            .Select(item => Difference(item.Left, item.Right, path, $"[{item.Key}]"));
    }

    private static bool Same(Node? left, Node? right) => left is null || right is null ? left is null && right is null : NodeEquality.Equal(left, right);

    private static ConfigDifference Difference(Node? left, Node? right, ModelPath path, string item = "") => new(
        path + item,
        path.Keys is ["services", var service, ..] ? service : null,
        item.Length > 0 ? "" : path.Key,
        left,
        right);
}

/// <summary>A difference between two models.</summary>
/// <param name="Path">The path, such as <c>services.db.ports[5432/tcp]</c>.</param>
/// <param name="Service">The service it belongs to, or null.</param>
/// <param name="Name">The key of the value. It decides whether the value is a secret.</param>
/// <param name="Left">The left value; null if there is none.</param>
/// <param name="Right">The right value; null if there is none.</param>
public sealed record ConfigDifference(string Path, string? Service, string Name, Node? Left, Node? Right)
{
    /// <summary>The kind of difference.</summary>
    public DifferenceKind Kind => Left is null ? DifferenceKind.Added : Right is null ? DifferenceKind.Removed : DifferenceKind.Changed;
}

/// <summary>The kinds of differences.</summary>
public enum DifferenceKind
{
    /// <summary>Both have a value, but not the same.</summary>
    Changed,

    /// <summary>Only the right one has a value.</summary>
    Added,

    /// <summary>Only the left one has a value.</summary>
    Removed,
}

/// <summary>Matches the items of two lists. Lists whose order is significant are compared as a whole.</summary>
internal static class ItemKeys
{
    private static readonly string[] Ordered = ["command", "entrypoint", "test", "pre_start", "post_start", "pre_stop", "dns", "dns_search"];

    /// <summary>Finds the key function for the items of a list.</summary>
    /// <param name="path">The path of the list.</param>
    /// <returns>A function that returns the key of an item; null means that the list is one value.</returns>
    public static Func<Node, string>? For(ModelPath path) => path.Key switch
    {
        var key when Ordered.Contains(key, StringComparer.Ordinal) => null,
        "ports" => item => Texts(item, "target") + "/" + (Texts(item, "protocol") is { Length: > 0 } protocol ? protocol : "tcp"),
        "volumes" or "devices" => item => Texts(item, "target"),
        "secrets" or "configs" => item => Texts(item, "source"),
        _ => Flow.Of,
    };

    /// <summary>Indexes a list.</summary>
    /// <param name="list">The list; may be null.</param>
    /// <param name="keys">Returns the key of an item.</param>
    /// <returns>The items by key; a repeated key gets a number.</returns>
    public static Dictionary<string, Node> Index(SequenceNode? list, Func<Node, string> keys)
    {
        var index = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (Node item in list?.Items ?? [])
        {
            string key = keys(item);
            string free = key;
            for (int number = 2; index.ContainsKey(free); number++)
            {
                free = $"{key} {number}";
            }

            index[free] = item;
        }

        return index;
    }

    private static string Texts(Node item, string key) => item is MappingNode mapping ? mapping.Text(key) ?? "" : Flow.Of(item);
}
