using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>Options of a volume mount.</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class VolumeOptionsDefinition(MappingNode node) : Definition(node)
{
    /// <summary>Labels of the volume.</summary>
    public IReadOnlyDictionary<string, string> Labels => field ??= Node.TextMap("labels");

    /// <summary>Whether the image's files are not copied into a new volume.</summary>
    public bool NoCopy => Node.Flag("nocopy") ?? false;

    /// <summary>The part of the volume to mount.</summary>
    public string? Subpath => Node.Text("subpath");
}
