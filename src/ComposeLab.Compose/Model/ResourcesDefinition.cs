using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>Limits and reservations (<c>deploy.resources</c>).</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class ResourcesDefinition(MappingNode node) : Definition(node)
{
    /// <summary>What a container may use at most.</summary>
    public ResourceDefinition? Limits => field ??= Node.Child("limits", node => new ResourceDefinition(node));

    /// <summary>What a container is guaranteed.</summary>
    public ResourceDefinition? Reservations => field ??= Node.Child("reservations", node => new ResourceDefinition(node));
}
