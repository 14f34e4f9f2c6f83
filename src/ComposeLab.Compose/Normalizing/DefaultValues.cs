using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Normalizing;

/// <summary>Supplies the values that the specification gives to absent attributes of builds, secrets, ports and device requests.</summary>
internal static class DefaultValues
{
    private delegate MappingNode Completion(MappingNode node);

    private static readonly PathTable<Completion> Table = new(
    [
        ("services.*.build", node => Default(node, "context", ".")),
        ("services.*.secrets.*", node => Default(node, "target", $"/run/secrets/{node["source"]}")),
        ("services.*.ports.*", node => Default(Default(node, "protocol", "tcp"), "mode", "ingress")),
        ("services.*.deploy.resources.reservations.devices.*", Device),
        ("services.*.gpus.*", Device),
    ]);

    /// <summary>Completes a model.</summary>
    /// <param name="root">The model in long syntax.</param>
    /// <returns>The model with defaults.</returns>
    public static MappingNode Complete(MappingNode root) => (MappingNode)Complete(root, Table);

    private static Node Complete(Node node, PathTable<Completion>? rules) => (node, rules) switch
    {
        (_, null) => node,
        (MappingNode mapping, { Rule: { } completion }) => completion(mapping),
        (MappingNode mapping, _) => mapping.Select(entry => Complete(entry.Value, rules.Below(entry.Key))),
        (SequenceNode list, _) => list.Select(item => Complete(item, rules.BelowItem())),
        _ => node,
    };

    private static MappingNode Device(MappingNode device) =>
        device.Contains("count") || device.Contains("device_ids") ? device : Default(device, "count", "all");

    private static MappingNode Default(MappingNode node, string key, string value) =>
        node.Contains(key) ? node : node.With(key, ScalarNode.String(value, Origin.Default));
}
