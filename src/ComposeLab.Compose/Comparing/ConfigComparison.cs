using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Comparing;

/// <summary>Compares two merged models value by value. Where they come from does not matter, only what they say.</summary>
public static class ConfigComparison
{
    /// <summary>Lists the differences.</summary>
    /// <param name="left">The canonical model to compare with.</param>
    /// <param name="right">The canonical model that is compared.</param>
    /// <returns>The differences: services by name, then the rest, each in the order of the model.</returns>
    public static IReadOnlyList<ConfigDifference> Compare(MappingNode left, MappingNode right) => Mappings(left, right, [])
        .OrderBy(difference => difference.Service is null).ThenBy(difference => difference.Service, StringComparer.Ordinal)
        .ToArray();

    private static IEnumerable<ConfigDifference> Mappings(MappingNode? left, MappingNode? right, string[] path) => Keys(left, right)
        .SelectMany(key => Nodes(left?[key], right?[key], [.. path, key]));

    private static IEnumerable<string> Keys(MappingNode? left, MappingNode? right) =>
        (left?.Entries ?? []).Concat(right?.Entries ?? []).Select(entry => entry.Key).Distinct(StringComparer.Ordinal);

    private static IEnumerable<ConfigDifference> Nodes(Node? left, Node? right, string[] path)
    {
        // A service or a volume that only one side has is one difference, not one for each of its attributes.
        bool whole = path.Length == 2 && (left is null || right is null);
        return (left, right) switch
        {
            _ when whole => [Difference(left, right, path)],
            (MappingNode or null, MappingNode or null) when (left ?? right) is MappingNode { Count: > 0 } => Mappings(left as MappingNode, right as MappingNode, path),
            (SequenceNode or null, SequenceNode or null) when ItemKeys.For(path) is { } keys => Lists(left as SequenceNode, right as SequenceNode, path, keys),
            _ => Same(left, right) ? [] : [Difference(left, right, path)],
        };
    }

    private static IEnumerable<ConfigDifference> Lists(SequenceNode? left, SequenceNode? right, string[] path, Func<Node, string> keys)
    {
        Dictionary<string, Node> before = ItemKeys.Index(left, keys);
        Dictionary<string, Node> after = ItemKeys.Index(right, keys);
        return before.Keys.Concat(after.Keys).Distinct(StringComparer.Ordinal)
            .Select(key => (Key: key, Left: before.GetValueOrDefault(key), Right: after.GetValueOrDefault(key)))
            .Where(item => !Same(item.Left, item.Right))
            .Select(item => Difference(item.Left, item.Right, path, $"[{item.Key}]"));
    }

    private static bool Same(Node? left, Node? right) => left is null || right is null ? left is null && right is null : NodeEquality.Equal(left, right);

    private static ConfigDifference Difference(Node? left, Node? right, string[] path, string item = "") => new(
        string.Join('.', path) + item,
        path is ["services", var service, ..] ? service : null,
        item.Length > 0 ? "" : path[^1],
        left,
        right);
}
