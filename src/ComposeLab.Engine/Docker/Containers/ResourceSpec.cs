namespace ComposeLab.Engine.Docker;

/// <summary>What a container may use. 0 or null is without a limit of its own.</summary>
public sealed record ResourceSpec
{
    /// <summary>Processors in billionths.</summary>
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

    /// <summary>Memory in bytes it is pressed towards when the host runs short.</summary>
    public long MemoryReservation { get; init; }

    /// <summary>Memory and swap together in bytes; -1 is without limit.</summary>
    public long MemorySwap { get; init; }

    /// <summary>0 to 100: how readily its memory is swapped.</summary>
    public long? MemorySwappiness { get; init; }

    /// <summary>Whether the kernel must not end it for lack of memory.</summary>
    public bool OomKillDisable { get; init; }

    /// <summary>-1000 to 1000: how readily the kernel ends it for lack of memory.</summary>
    public long OomScoreAdjust { get; init; }

    /// <summary>Number of processes; -1 is without limit.</summary>
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

    /// <summary>Devices asked for by ability, such as GPUs.</summary>
    public IReadOnlyList<DeviceRequestSpec> DeviceRequests { get; init; } = [];

    /// <summary>Limits of block devices.</summary>
    public BlockIoSpec? BlockIo { get; init; }
}
