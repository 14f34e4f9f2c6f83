using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Merging;

/// <summary>The merge rules that differ from the general one.</summary>
internal static class MergeRules
{
    /// <summary>The later value replaces the earlier one, whatever their forms.</summary>
    public static Node Replace(Node earlier, Node later, MergePlace place) => Merger.Replace(earlier, later);

    /// <summary>Both become lists of <c>key=value</c>, the later after the earlier; what comes twice is dropped later.</summary>
    public static Node Append(Node earlier, Node later, MergePlace place) =>
        new SequenceNode(KeyValueLists.Of(earlier).Concat(KeyValueLists.Of(later)), earlier.Origin);

    /// <summary>Like <see cref="Append"/>, without items that the earlier list has.</summary>
    public static Node AppendNew(Node earlier, Node later, MergePlace place)
    {
        IReadOnlyList<Node> kept = KeyValueLists.Of(earlier);
        var known = kept.OfType<ScalarNode>().Select(item => item.Text).ToHashSet(StringComparer.Ordinal);
        IEnumerable<Node> added = KeyValueLists.Of(later).Where(item => item is not ScalarNode scalar || !known.Contains(scalar.Text));
        return new SequenceNode(kept.Concat(added), earlier.Origin);
    }

    /// <summary>Builds are merged as mappings; text is the context.</summary>
    public static Node Build(Node earlier, Node later, MergePlace place) => Mappings(
        earlier,
        later,
        place,
        node => node is ScalarNode { Kind: ScalarKind.String } ? new NodeBuilder(node.Origin).Add("context", node).Build() : node);

    /// <summary>Dependencies are merged as mappings; a name waits for the start of its service.</summary>
    public static Node Dependencies(Node earlier, Node later, MergePlace place) =>
        Mappings(earlier, later, place, node => LongForms.ToMapping(node, LongForms.StartedDependency));

    /// <summary>Lists of names are merged as mappings with empty values.</summary>
    public static Node NamesOrMapping(Node earlier, Node later, MergePlace place) =>
        Mappings(earlier, later, place, node => LongForms.ToMapping(node, ScalarNode.Null));

    /// <summary>Options of one driver are merged; another driver replaces everything.</summary>
    public static Node Logging(Node earlier, Node later, MergePlace place)
    {
        if (earlier is MappingNode before && later is MappingNode after
            && before["driver"] is ScalarNode one && after["driver"] is ScalarNode other && one.Text != other.Text)
        {
            return Merger.Replace(earlier, later);
        }

        return Mappings(earlier, later, place, node => node);
    }

    private static Node Mappings(Node earlier, Node later, MergePlace place, Func<Node, Node?> toMapping) =>
        (toMapping(earlier), toMapping(later)) switch
        {
            (MappingNode before, MappingNode after) => Merger.MergeMappings(before, after, place),
            (MappingNode before, ScalarNode { IsNull: true }) => before,
            (ScalarNode { IsNull: true }, MappingNode after) => after,
            (ScalarNode { IsNull: true }, ScalarNode { IsNull: true }) => later,
            _ => throw place.Conflict(earlier, later),
        };
}
