using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A program outside the engine that provides a service (<c>provider</c>).</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class ProviderDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The program.</summary>
    public string? Type => Node.Text("type");
}
