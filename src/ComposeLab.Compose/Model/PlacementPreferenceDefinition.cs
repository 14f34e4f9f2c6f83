using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A way to spread containers over nodes.</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class PlacementPreferenceDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The node label over whose values they are spread.</summary>
    public string? Spread => Node.Text("spread");
}
