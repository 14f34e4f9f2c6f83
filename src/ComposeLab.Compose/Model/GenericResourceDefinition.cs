using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A resource the cluster's admin defined (<c>generic_resources</c>).</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class GenericResourceDefinition(MappingNode node) : Definition(node)
{
    /// <summary>A countable one.</summary>
    public DiscreteResourceDefinition? DiscreteResourceSpec => field ??= Node.Child("discrete_resource_spec", node => new DiscreteResourceDefinition(node));
}
