using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>Which nodes may run a service (<c>deploy.placement</c>).</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class PlacementDefinition(MappingNode node) : Definition(node)
{
    /// <summary>Conditions a node must fulfil.</summary>
    public IReadOnlyList<string> Constraints => field ??= Node.Texts("constraints") ?? [];

    /// <summary>How containers are spread.</summary>
    public IReadOnlyList<PlacementPreferenceDefinition> Preferences => field ??= Node.Children("preferences", node => new PlacementPreferenceDefinition(node));

    /// <summary>How many containers a node may run.</summary>
    public long? MaxReplicasPerNode => Node.Integer("max_replicas_per_node");
}
