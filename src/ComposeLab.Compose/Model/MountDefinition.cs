using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>Something mounted into a container (<c>volumes</c> of a service), always in long form.</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class MountDefinition(MappingNode node) : Definition(node)
{
    /// <summary>What kind of mount.</summary>
    public MountType Type => MountTypeWords.Parse(Node.Text("type"));

    /// <summary>The host's path, the volume's key, or the image; null: anonymous.</summary>
    public string? Source => Node.Text("source");

    /// <summary>The path in the container.</summary>
    public string? Target => Node.Text("target");

    /// <summary>Whether it cannot be written to.</summary>
    public bool ReadOnly => Node.Flag("read_only") ?? false;

    /// <summary>A hint for Docker Desktop.</summary>
    public string? Consistency => Node.Text("consistency");

    /// <summary>Options of a bind mount.</summary>
    public BindOptionsDefinition? Bind => field ??= Node.Child("bind", node => new BindOptionsDefinition(node));

    /// <summary>Options of a volume mount.</summary>
    public VolumeOptionsDefinition? Volume => field ??= Node.Child("volume", node => new VolumeOptionsDefinition(node));

    /// <summary>Options of a tmpfs mount.</summary>
    public TmpfsOptionsDefinition? Tmpfs => field ??= Node.Child("tmpfs", node => new TmpfsOptionsDefinition(node));

    /// <summary>Options of an image mount.</summary>
    public ImageOptionsDefinition? Image => field ??= Node.Child("image", node => new ImageOptionsDefinition(node));
}
