using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A mount of a container (<c>volumes</c> of a service), always in long form.</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class MountDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The kind of mount.</summary>
    public MountType Type => MountTypeWords.Parse(Node.Text("type"));

    /// <summary>The host's path, the volume's key, or the image. Null means anonymous.</summary>
    public string? Source => Node.Text("source");

    /// <summary>The path in the container.</summary>
    public string? Target => Node.Text("target");

    /// <summary>Whether it is read-only.</summary>
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

/// <summary>The kinds of mounts.</summary>
public enum MountType
{
    /// <summary>A volume of the engine, named or anonymous.</summary>
    Volume,

    /// <summary>A path of the host.</summary>
    Bind,

    /// <summary>Memory.</summary>
    Tmpfs,

    /// <summary>A cluster volume of a swarm.</summary>
    Cluster,

    /// <summary>A Windows named pipe.</summary>
    Npipe,

    /// <summary>The files of an image.</summary>
    Image,
}

/// <summary>The Compose names of <see cref="MountType"/>.</summary>
internal static class MountTypeWords
{
    public static MountType Parse(string? word) => word switch
    {
        "bind" => MountType.Bind,
        "tmpfs" => MountType.Tmpfs,
        "cluster" => MountType.Cluster,
        "npipe" => MountType.Npipe,
        "image" => MountType.Image,
        _ => MountType.Volume,
    };
}

/// <summary>Options of a bind mount.</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class BindOptionsDefinition(MappingNode node) : Definition(node)
{
    /// <summary><c>z</c> (shared) or <c>Z</c> (private) relabeling.</summary>
    public string? Selinux => Node.Text("selinux");

    /// <summary>The propagation of mounts below it.</summary>
    public string? Propagation => Node.Text("propagation");

    /// <summary>Whether to create a missing source.</summary>
    public bool CreateHostPath => Node.Flag("create_host_path") ?? true;

    /// <summary>How to handle submounts.</summary>
    public string? Recursive => Node.Text("recursive");
}

/// <summary>Options of a volume mount.</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class VolumeOptionsDefinition(MappingNode node) : Definition(node)
{
    /// <summary>Labels of the volume.</summary>
    public IReadOnlyDictionary<string, string> Labels => field ??= Node.TextMap("labels");

    /// <summary>Whether copying the image's files into a new volume is disabled.</summary>
    public bool NoCopy => Node.Flag("nocopy") ?? false;

    /// <summary>The part of the volume to mount.</summary>
    public string? Subpath => Node.Text("subpath");
}

/// <summary>Options of a tmpfs mount.</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class TmpfsOptionsDefinition(MappingNode node) : Definition(node)
{
    /// <summary>Size, in bytes.</summary>
    public long? Size => Node.Bytes("size");

    /// <summary>File mode, as a number.</summary>
    public long? Mode => Node.Integer("mode");
}

/// <summary>Options of an image mount.</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class ImageOptionsDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The part of the image to mount.</summary>
    public string? Subpath => Node.Text("subpath");
}
