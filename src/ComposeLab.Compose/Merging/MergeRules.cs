using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Merging;

/// <summary>The merge rules of the specification that differ from the general ones, by path.</summary>
internal static class MergeRules
{
    public static PathTable<MergeRule> Table { get; } = new(
    [
        ("networks.*.ipam.config", AddressPools.Merge),
        ("networks.*.labels", Append),
        ("volumes.*.labels", Append),
        ("services.*.annotations", Append),
        ("services.*.build", Build),
        ("services.*.build.args", Append),
        ("services.*.build.additional_contexts", Append),
        ("services.*.build.extra_hosts", AppendNew),
        ("services.*.build.labels", Append),
        ("services.*.command", Replace),
        ("services.*.depends_on", Dependencies),
        ("services.*.deploy.labels", Append),
        ("services.*.dns", Append),
        ("services.*.dns_opt", Append),
        ("services.*.dns_search", Append),
        ("services.*.entrypoint", Replace),
        ("services.*.env_file", Append),
        ("services.*.label_file", Append),
        ("services.*.environment", Append),
        ("services.*.extra_hosts", AppendNew),
        ("services.*.healthcheck.test", Replace),
        ("services.*.labels", Append),
        ("services.*.volumes.*.volume.labels", Append),
        ("services.*.logging", Logging),
        ("services.*.models", NamesOrMapping),
        ("services.*.networks", NamesOrMapping),
        ("services.*.sysctls", Append),
        ("services.*.tmpfs", Append),
        ("services.*.ulimits.*", Replace),
    ]);

    private static Node Replace(Node earlier, Node later, MergePlace place) => Merger.Replace(earlier, later);

    private static SequenceNode Append(Node earlier, Node later, MergePlace place) =>
        new(KeyValueLists.Of(earlier).Concat(KeyValueLists.Of(later)), earlier.Origin);

    private static SequenceNode AppendNew(Node earlier, Node later, MergePlace place)
    {
        IReadOnlyList<Node> kept = KeyValueLists.Of(earlier);
        var known = kept.OfType<ScalarNode>().Select(item => item.Text).ToHashSet(StringComparer.Ordinal);
        IEnumerable<Node> added = KeyValueLists.Of(later).Where(item => item is not ScalarNode scalar || !known.Contains(scalar.Text));
        return new SequenceNode(kept.Concat(added), earlier.Origin);
    }

    private static Node Build(Node earlier, Node later, MergePlace place) => Mappings(earlier, later, place, LongSyntaxOf);

    private static Node? LongSyntaxOf(Node build) => build is ScalarNode { Kind: ScalarKind.String }
        ? new MappingNode([new MappingEntry("context", build, build.Origin)], build.Origin)
        : build;

    private static Node Dependencies(Node earlier, Node later, MergePlace place) =>
        Mappings(earlier, later, place, node => Names.ToMapping(node, Names.StartedDependency));

    private static Node NamesOrMapping(Node earlier, Node later, MergePlace place) =>
        Mappings(earlier, later, place, node => Names.ToMapping(node, ScalarNode.Null));

    private static Node Logging(Node earlier, Node later, MergePlace place)
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
