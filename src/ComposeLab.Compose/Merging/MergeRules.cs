using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Merging;

/// <summary>The merge rules that differ from the general one.</summary>
internal static class MergeRules
{
    /// <summary>The later value replaces the earlier one, whatever their forms.</summary>
    public static Node Replace(Node earlier, Node later, MergePlace place) => Merger.Replace(earlier, later);

    /// <summary>Both are converted to lists of <c>key=value</c>, and the later list is appended. Duplicates are removed later.</summary>
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

/// <summary>
/// Merges the address pools of a network like the reference. Each earlier pool is compared with each later one: the later one is added, or merged into the earlier
/// one if both have the same subnet or the later one was added before. So a pool that only the earlier file has is dropped.
/// </summary>
internal static class AddressPools
{
    public static Node Merge(Node earlier, Node later, MergePlace place)
    {
        if (earlier is not SequenceNode before || later is not SequenceNode after)
        {
            throw place.Conflict(earlier, later);
        }

        var pools = new List<Pool>();
        foreach (Pool pool in before.Items.OfType<MappingNode>().Select(node => new Pool(node)))
        {
            foreach (Pool added in after.Items.OfType<MappingNode>().Select(node => new Pool(node)))
            {
                if (added.Subnet != pool.Subnet && !pools.Exists(known => known.Subnet == added.Subnet))
                {
                    pools.Add(added);
                    continue;
                }

                // The pool may be in the list already; it changes there too.
                pool.Node = Merger.MergeMappings(pool.Node, added.Node, place);
                int index = pools.FindIndex(known => known.Subnet == pool.Subnet);
                if (index < 0)
                {
                    pools.Add(pool);
                }
                else
                {
                    pools[index] = pool;
                }
            }
        }

        // The schema check rejects other items.
        IEnumerable<Node> invalid = before.Items.Concat(after.Items).Where(item => item is not MappingNode);
        return new SequenceNode(pools.Select(pool => pool.Node).Concat(invalid), before.Origin);
    }

    private sealed class Pool(MappingNode node)
    {
        public MappingNode Node { get; set; } = node;

        public string? Subnet => Node["subnet"] is ScalarNode subnet ? subnet.Text : null;
    }
}

/// <summary>Converts mappings, lists and single texts to a form that can be appended: a list of <c>key=value</c>.</summary>
internal static class KeyValueLists
{
    public static IReadOnlyList<Node> Of(Node node) => node switch
    {
        SequenceNode list => list.Items,
        MappingNode mapping => mapping.Entries.SelectMany(Of).OrderBy(item => item.Text, StringComparer.Ordinal).ToArray(),
        ScalarNode { Kind: ScalarKind.String } text => [text],
        _ => [],
    };

    private static IEnumerable<ScalarNode> Of(MappingEntry entry) => entry.Value switch
    {
        ScalarNode { IsNull: true } nothing => [ScalarNode.String(entry.Key, nothing.Origin)],
        ScalarNode scalar => [ScalarNode.String($"{entry.Key}={scalar.AsText}", scalar.Origin)],
        SequenceNode list => list.Items.OfType<ScalarNode>().Select(item => ScalarNode.String($"{entry.Key}={item.AsText}", item.Origin)),
        _ => [ScalarNode.String($"{entry.Key}={Spelled(entry.Value)}", entry.KeyOrigin)],
    };

    // A mapping is not valid here, and the schema would reject it, but the merge converts it to text first. So the text of the reference is used.
    private static string Spelled(Node value) => value switch
    {
        MappingNode mapping => $"map[{string.Join(' ', mapping.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}:{Spelled(entry.Value)}"))}]",
        SequenceNode list => $"[{string.Join(' ', list.Items.Select(Spelled))}]",
        ScalarNode { IsNull: true } => "<nil>",
        ScalarNode scalar => scalar.AsText,
        _ => "",
    };
}
