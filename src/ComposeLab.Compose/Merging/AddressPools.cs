using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Merging;

/// <summary>Merges the address pools of a network: pools of the same subnet are one pool, others are added.</summary>
internal static class AddressPools
{
    public static Node Merge(Node earlier, Node later, MergePlace place)
    {
        if (earlier is not SequenceNode before || later is not SequenceNode after)
        {
            throw place.Conflict(earlier, later);
        }

        var pools = before.Items.ToList();
        foreach (Node pool in after.Items)
        {
            int index = pools.FindIndex(known => SubnetOf(known) == SubnetOf(pool));
            if (index < 0)
            {
                pools.Add(pool);
            }
            else if (pools[index] is MappingNode known && pool is MappingNode added)
            {
                pools[index] = Merger.MergeMappings(known, added, place);
            }
        }

        return new SequenceNode(pools, before.Origin);
    }

    private static string? SubnetOf(Node pool) => pool is MappingNode mapping && mapping["subnet"] is ScalarNode subnet ? subnet.Text : null;
}
