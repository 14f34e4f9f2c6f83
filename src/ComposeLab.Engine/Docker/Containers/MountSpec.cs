namespace ComposeLab.Engine.Docker;

/// <summary>A mount in the long form.</summary>
public sealed record MountSpec
{
    /// <summary><c>bind</c>, <c>volume</c>, <c>tmpfs</c>, <c>npipe</c>, <c>cluster</c> or <c>image</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Host path, volume or image; empty for an anonymous volume and for tmpfs.</summary>
    public string Source { get; init; } = "";

    /// <summary>The path inside the container.</summary>
    public required string Target { get; init; }

    /// <summary>Whether the container may only read.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>How strictly host and container agree; Docker Desktop only.</summary>
    public string? Consistency { get; init; }

    /// <summary>Bind: how mounts below are shared, such as <c>rslave</c>.</summary>
    public string? Propagation { get; init; }

    /// <summary>Bind: whether mounts below the source are left out.</summary>
    public bool NonRecursive { get; init; }

    /// <summary>Bind: whether mounts below a read-only source stay writable; API 1.44 and later.</summary>
    public bool ReadOnlyNonRecursive { get; init; }

    /// <summary>Bind: whether it is an error when mounts below a read-only source cannot be made read-only; API 1.44 and later.</summary>
    public bool ReadOnlyForceRecursive { get; init; }

    /// <summary>Bind: whether the engine makes a missing source as a directory.</summary>
    public bool CreateSource { get; init; }

    /// <summary>Volume: whether a new volume stays empty although the image has files there.</summary>
    public bool NoCopy { get; init; }

    /// <summary>Volume or image: the directory inside it that is mounted.</summary>
    public string? Subpath { get; init; }

    /// <summary>Volume: labels of one that is made by this mount.</summary>
    public IReadOnlyDictionary<string, string> VolumeLabels { get; init; } = new Dictionary<string, string>();

    /// <summary>Tmpfs: the most it may hold, in bytes.</summary>
    public long? TmpfsBytes { get; init; }

    /// <summary>Tmpfs: the mode of its root, as permission bits.</summary>
    public uint? TmpfsMode { get; init; }
}
