using ComposeLab.Formatting;

namespace ComposeLab;

/// <summary>A Docker engine: a docker context or an address.</summary>
public sealed class LabEngine
{
    /// <summary>The name: the docker context or the address.</summary>
    public required string Name { get; init; }

    /// <summary>The same as <see cref="Name"/>, with the name of the parameter that reads it from the pipeline.</summary>
    public string Engine => Name;

    /// <summary>The address.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Whether commands without -Context use it.</summary>
    public required bool IsCurrent { get; init; }

    /// <summary>Whether it answers.</summary>
    public required bool Reachable { get; init; }

    /// <summary>Why it does not answer; null if it does.</summary>
    public string? Error { get; init; }

    /// <summary>The id of that error; null if it answers.</summary>
    public string? ErrorId { get; init; }

    /// <summary>Whether the connection is encrypted or stays on this machine.</summary>
    public required bool IsPrivate { get; init; }

    /// <summary>The version, such as 28.5.2.</summary>
    public string? Version { get; init; }

    /// <summary>The API version that is used.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Operating system and architecture of containers, such as linux/amd64.</summary>
    public string? Platform { get; init; }

    /// <summary>The name of its machine.</summary>
    public string? HostName { get; init; }

    /// <summary>The operating system of its machine.</summary>
    public string? HostSystem { get; init; }

    /// <summary>The number of processors.</summary>
    public int? Processors { get; init; }

    /// <summary>The memory, in bytes.</summary>
    public long? Memory { get; init; }

    /// <summary>How images are stored: the driver, and containerd if its store is used.</summary>
    public string? Storage { get; init; }

    /// <summary>The state of swarm mode: inactive, manager, worker, or the engine's word.</summary>
    public string? Swarm { get; init; }

    /// <summary>The number of running containers.</summary>
    public int? Running { get; init; }

    /// <summary>The number of containers.</summary>
    public int? Containers { get; init; }

    /// <summary>The number of images.</summary>
    public int? Images { get; init; }

    /// <summary>The disk use; null without -Usage.</summary>
    public LabEngineUsage? Usage { get; init; }

    /// <summary>Names the engine.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}

/// <summary>The disk use of an engine, in bytes.</summary>
public sealed class LabEngineUsage
{
    /// <summary>The size of the images; shared layers count once.</summary>
    public required long Images { get; init; }

    /// <summary>The size of the containers' own files.</summary>
    public required long Containers { get; init; }

    /// <summary>The size of the volumes.</summary>
    public required long Volumes { get; init; }

    /// <summary>The size of the build cache.</summary>
    public required long BuildCache { get; init; }

    /// <summary>The size of everything that nothing uses. Volumes are included: their data is lost if they are removed.</summary>
    public required long Reclaimable { get; init; }

    /// <summary>The size of the volumes that no container uses.</summary>
    public required long ReclaimableVolumes { get; init; }

    /// <summary>The size of everything.</summary>
    public long Total => Images + Containers + Volumes + BuildCache;

    /// <summary>Says it in one line.</summary>
    /// <returns>The total and what can be freed.</returns>
    public override string ToString() => $"{ByteText.Of(Total)} ({ByteText.Of(Reclaimable)} reclaimable)";
}
