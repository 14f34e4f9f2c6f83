using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>Options of an image mount.</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class ImageOptionsDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The part of the image to mount.</summary>
    public string? Subpath => Node.Text("subpath");
}
