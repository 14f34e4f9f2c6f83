using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Merging;

/// <summary>Keeps one item of each identity in the lists whose items have one: the last, at the place of the first.</summary>
internal static class Uniqueness
{
    private static readonly ItemIdentity KeyIdentity = ItemIdentities.Key;

    /// <summary>Drops items that a later item of the same identity replaces.</summary>
    /// <param name="root">The merged model.</param>
    /// <exception cref="ComposeException">An item has no identity.</exception>
    public static MappingNode Enforce(MappingNode root) => TableWalk.Change(root, Phases.Identity, (type, node, _) => Enforce(type, node));

    /// <summary>Drops items of one list.</summary>
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

        var kept = new List<Node>(list.Count);
        var places = new Dictionary<string, int>(list.Count, StringComparer.Ordinal);
        foreach (Node item in list.Items)
        {
            string key = identity(item) ?? throw (identity.Equals(KeyIdentity) ? NoPair(item) : WithoutIdentity(item));
            if (places.TryGetValue(key, out int place))
            {
                kept[place] = Merger.Replace(kept[place], item);
            }
            else
            {
                places[key] = kept.Count;
                kept.Add(item);
            }
        }

        return kept.Count == list.Count ? list : new SequenceNode(kept, list.Origin);
    }

    private static ComposeException NoPair(Node item)
    {
        // Dashes before 'NAME: value' are the usual slip: half of the list form, half of the mapping.
        string name = item is MappingNode { Count: > 0 } mapping ? mapping.Entries[0].Key : "NAME";
        return ComposeException.At(
            ComposeErrorId.ComposeFileInvalid,
            $"Expected text such as '{name}=value', found {NodeWords.Of(item)}.",
            $"Write '- {name}=value', or remove the dashes and write '{name}: value'.",
            item.Origin);
    }

    private static ComposeException WithoutIdentity(Node item) => ComposeException.At(
        ComposeErrorId.ComposeFileInvalid,
        $"Expected an item with a target, path or key, found {NodeWords.Of(item)} without one.",
        "Write the item in its short form, or give the long form its 'target' ('path' for an env_file).",
        item.Origin);
}
