namespace ComposeLab.Engine.Docker;

/// <summary>The resource limits of a container. 0 or null for no limit.</summary>
public sealed record ResourceSpec
{
    /// <summary>CPUs in billionths.</summary>
    public long NanoCpus { get; init; }

    /// <summary>Relative weight of processor time.</summary>
    public long CpuShares { get; init; }

    /// <summary>Length of a scheduling period in microseconds.</summary>
    public long CpuPeriod { get; init; }

    /// <summary>Processor time in each period in microseconds.</summary>
    public long CpuQuota { get; init; }

    /// <summary>Length of a real-time period in microseconds.</summary>
    public long CpuRealtimePeriod { get; init; }

    /// <summary>Real-time processor time in each period in microseconds.</summary>
    public long CpuRealtimeRuntime { get; init; }

    /// <summary>The processors it may use, such as <c>0-2,4</c>.</summary>
    public string? CpuSet { get; init; }

    /// <summary>Number of processors; Windows only.</summary>
    public long CpuCount { get; init; }

    /// <summary>Percent of processor time; Windows only.</summary>
    public long CpuPercent { get; init; }

    /// <summary>Memory in bytes.</summary>
    public long Memory { get; init; }

    /// <summary>The soft memory limit in bytes, used when the host runs out of memory.</summary>
    public long MemoryReservation { get; init; }

    /// <summary>Memory and swap together in bytes; -1 for no limit.</summary>
    public long MemorySwap { get; init; }

    /// <summary>0 to 100: how likely its memory is swapped.</summary>
    public long? MemorySwappiness { get; init; }

    /// <summary>Whether the kernel must not kill it when memory runs out.</summary>
    public bool OomKillDisable { get; init; }

    /// <summary>-1000 to 1000: how likely the kernel kills it when memory runs out.</summary>
    public long OomScoreAdjust { get; init; }

    /// <summary>Number of processes; -1 for no limit.</summary>
    public long? PidsLimit { get; init; }

    /// <summary>Size of /dev/shm in bytes.</summary>
    public long ShmBytes { get; init; }

    /// <summary>The parent of its cgroup.</summary>
    public string? CgroupParent { get; init; }

    /// <summary>Limits of its processes.</summary>
    public IReadOnlyList<UlimitSpec> Ulimits { get; init; } = [];

    /// <summary>Devices of the host it may use.</summary>
    public IReadOnlyList<DeviceSpec> Devices { get; init; } = [];

    /// <summary>Rules of the device cgroup.</summary>
    public IReadOnlyList<string> DeviceCgroupRules { get; init; } = [];

    /// <summary>Devices requested by capability, such as GPUs.</summary>
    public IReadOnlyList<DeviceRequestSpec> DeviceRequests { get; init; } = [];

    /// <summary>Limits of block devices.</summary>
    public BlockIoSpec? BlockIo { get; init; }
}

/// <summary>Limits of block devices.</summary>
public sealed record BlockIoSpec
{
    /// <summary>Relative weight, 10 to 1000; 0 is the engine's.</summary>
    public ushort Weight { get; init; }

    /// <summary>Weight by device path.</summary>
    public IReadOnlyDictionary<string, ushort> DeviceWeights { get; init; } = new Dictionary<string, ushort>();

    /// <summary>Bytes read in a second, by device path.</summary>
    public IReadOnlyDictionary<string, ulong> ReadBytesPerSecond { get; init; } = new Dictionary<string, ulong>();

    /// <summary>Bytes written in a second, by device path.</summary>
    public IReadOnlyDictionary<string, ulong> WriteBytesPerSecond { get; init; } = new Dictionary<string, ulong>();

    /// <summary>Reads in a second, by device path.</summary>
    public IReadOnlyDictionary<string, ulong> ReadsPerSecond { get; init; } = new Dictionary<string, ulong>();

    /// <summary>Writes in a second, by device path.</summary>
    public IReadOnlyDictionary<string, ulong> WritesPerSecond { get; init; } = new Dictionary<string, ulong>();
}

/// <summary>A device of the host inside a container.</summary>
/// <param name="HostPath">The device on the host.</param>
/// <param name="ContainerPath">Where it appears inside.</param>
/// <param name="Permissions">Any of <c>r</c>, <c>w</c>, <c>m</c>.</param>
public sealed record DeviceSpec(string HostPath, string ContainerPath, string Permissions);

/// <summary>Devices requested by capability.</summary>
public sealed record DeviceRequestSpec
{
    /// <summary>The driver, such as <c>nvidia</c>; empty leaves the choice to the engine.</summary>
    public string Driver { get; init; } = "";

    /// <summary>How many; -1 for all.</summary>
    public long Count { get; init; }

    /// <summary>The requested ids; the count is then 0.</summary>
    public IReadOnlyList<string> DeviceIds { get; init; } = [];

    /// <summary>The capabilities that a device must have.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>Options of the driver.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();
}

/// <summary>A limit of a container's processes.</summary>
/// <param name="Name">The limit's name, such as <c>nofile</c>.</param>
/// <param name="Soft">The effective value.</param>
/// <param name="Hard">The highest value a process may set.</param>
public sealed record UlimitSpec(string Name, long Soft, long Hard);
