using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Merging;

/// <summary>Keeps one item of each identity in lists whose items have one: the last item, at the position of the first.</summary>
internal static class Uniqueness
{
    private static readonly ItemIdentity KeyIdentity = ItemIdentities.Key;

    /// <summary>Removes items that a later item of the same identity replaces.</summary>
    /// <param name="root">The merged model.</param>
    /// <exception cref="ComposeException">An item has no identity.</exception>
    public static MappingNode Enforce(MappingNode root) => TableWalk.Change(root, Phases.Identity, (type, node, _) => Enforce(type, node));

    /// <summary>Removes items of one list.</summary>
    /// <param name="type">The type of the value.</param>
    /// <param name="node">The value.</param>
    /// <exception cref="ComposeException">An item has no identity.</exception>
    public static Node Enforce(AttributeType type, Node node) => type.Identity is { } identity && node is SequenceNode list ? Unique(list, identity) : node;

    private static SequenceNode Unique(SequenceNode list, ItemIdentity identity)
    {
        if (list.Count == 0)
        {
            return list;
        }

        if (list.Count == 1)
        {
            KeyOf(list.Items[0], identity);
            return list;
        }

        var kept = new List<Node>(list.Count);
        var places = new Dictionary<string, int>(list.Count, StringComparer.Ordinal);
        foreach (Node item in list.Items)
        {
            if (places.TryAdd(KeyOf(item, identity), kept.Count))
            {
                kept.Add(item);
            }
            else
            {
                int place = places[KeyOf(item, identity)];
                kept[place] = Merger.Replace(kept[place], item);
            }
        }

        return kept.Count == list.Count ? list : new SequenceNode(kept, list.Origin);
    }

    private static string KeyOf(Node item, ItemIdentity identity) => identity(item) ?? throw (identity.Equals(KeyIdentity) ? NoPair(item) : WithoutIdentity(item));

    private static ComposeException NoPair(Node item)
    {
        // Dashes before 'NAME: value' are a common mistake: half list form, half mapping.
        string name = item is MappingNode { Count: > 0 } mapping ? mapping.Entries[0].Key : "NAME";
        return ComposeException.At(
            ComposeErrorId.ComposeFileInvalid,
            $"Expected text such as '{name}=value', found {NodeDescription.Of(item)}.",
            $"Write '- {name}=value', or remove the dashes and write '{name}: value'.",
            item.Origin);
    }

    private static ComposeException WithoutIdentity(Node item) => ComposeException.At(
        ComposeErrorId.ComposeFileInvalid,
        $"Expected an item with a target, path or key, found {NodeDescription.Of(item)} without one.",
        "Write the item in its short form, or add 'target' to the long form ('path' for an env_file).",
        item.Origin);
}

/// <summary>Identifies an item of a list across files.</summary>
/// <param name="item">The item.</param>
/// <returns>Its identity; null if the item does not have one.</returns>
internal delegate string? ItemIdentity(Node item);

/// <summary>The identities of list items.</summary>
internal static class ItemIdentities
{
    /// <summary>The text before <c>=</c>.</summary>
    public static string? Key(Node item) => TextOf(item) is { } text ? text.IndexOf('=', StringComparison.Ordinal) is var sign && sign < 0 ? text : text[..sign] : null;

    public static string? Mount(Node item) => item switch
    {
        MappingNode mapping => TextOf(mapping["target"]),
        ScalarNode { Kind: ScalarKind.String } spec => MountSyntax.TargetOf(spec),
        _ => "",
    };

    public static string? Device(Node item) => item switch
    {
        MappingNode mapping => TextOf(mapping["target"]),
        ScalarNode { Kind: ScalarKind.String } spec => spec.Text.Split(':') is [_, var target, ..] ? target : spec.Text,
        _ => "",
    };

    public static string? Expose(Node item) => item is ScalarNode { Kind: ScalarKind.String or ScalarKind.Integer } port ? port.Text : null;

    public static string? EnvFile(Node item) => item switch
    {
        MappingNode mapping => TextOf(mapping["path"]),
        _ => TextOf(item) ?? "",
    };

    /// <summary>The target of a secret, which is below <c>/run/secrets</c> by default.</summary>
    public static string? Secret(Node item) => FileTarget(item, "/run/secrets");

    /// <summary>The target of a config, which is at the root by default.</summary>
    public static string? Config(Node item) => FileTarget(item, "");

    private static string? FileTarget(Node item, string folder) => item switch
    {
        MappingNode mapping when mapping.Contains("target") => TextOf(mapping["target"]),
        MappingNode mapping => $"{folder}/{TextOf(mapping["source"])}",
        ScalarNode { Kind: ScalarKind.String } source => $"{folder}/{source.Text}",
        _ => null,
    };

    /// <summary>Address, both ports and protocol. The reference treats a number and a text as different ports, so this does too.</summary>
    public static string? Port(Node item) => item switch
    {
        ScalarNode { Kind: ScalarKind.Integer or ScalarKind.String } spec => spec.Text,
        MappingNode mapping when mapping.Contains("target") =>
            $"{TextOf(mapping["host_ip"]) ?? "0.0.0.0"}:{Distinct(mapping["published"])}:{Distinct(mapping["target"])}/{TextOf(mapping["protocol"]) ?? "tcp"}",
        MappingNode => null,
        _ => "",
    };

    private static string Distinct(Node? port) => port switch
    {
        ScalarNode { Kind: ScalarKind.String } text => text.Text,
        ScalarNode number => "number " + number.Text,
        _ => "",
    };

    private static string? TextOf(Node? node) => node is ScalarNode { Kind: ScalarKind.String } text ? text.Text : null;
}
