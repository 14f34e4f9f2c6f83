using ComposeLab.Engine.Docker;
using ComposeLab.Errors;

namespace ComposeLab.Swarm;

/// <summary>Finds nodes of a swarm by their names or ids.</summary>
internal static class SwarmNodes
{
    /// <summary>Finds a node.</summary>
    /// <param name="name">Its name or id.</param>
    /// <param name="nodes">The nodes.</param>
    /// <returns>The node.</returns>
    /// <exception cref="LabException">NodeNotFound; ParameterConflict: several nodes have the name.</exception>
    public static SwarmNode Find(string name, IReadOnlyList<SwarmNode> nodes)
    {
        SwarmNode[] found = [.. nodes.Where(node => node.Id == name)];
        found = found.Length > 0 ? found : [.. nodes.Where(node => string.Equals(node.Name, name, StringComparison.OrdinalIgnoreCase))];
        return found switch
        {
            [var only] => only,
            [] => throw Missing(name, nodes),
            _ => throw new LabException(LabErrorId.ParameterConflict, $"{found.Length} nodes have the name '{name}'.", $"Use an id: {string.Join(", ", found.Select(node => node.Id))}", name),
        };
    }

    /// <summary>The error for a node that does not exist.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="nodes">The nodes.</param>
    /// <returns>The error; it lists the nodes.</returns>
    public static LabException Missing(string name, IReadOnlyList<SwarmNode> nodes) => new(
        LabErrorId.NodeNotFound, $"Node '{name}' not found. Nodes: {string.Join(", ", nodes.Select(node => node.Name).Order(StringComparer.Ordinal))}.", "Get-LabNode", name);
}
