namespace ComposeLab.Engine.Docker;

/// <summary>What a container uses.</summary>
public sealed record ContainerUsage
{
    /// <summary>When it was measured.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The CPU time during the last second, in percent of one CPU: two busy CPUs are 200.</summary>
    public required double CpuPercent { get; init; }

    /// <summary>The memory in use, without the cache of files that can be dropped, in bytes.</summary>
    public required long Memory { get; init; }

    /// <summary>The memory that it may use, in bytes; that of the machine if it has no limit.</summary>
    public required long MemoryLimit { get; init; }

    /// <summary>The bytes received from its networks since its start.</summary>
    public required long NetworkReceived { get; init; }

    /// <summary>The bytes sent to its networks since its start.</summary>
    public required long NetworkSent { get; init; }

    /// <summary>The bytes read from disks since its start.</summary>
    public required long BlockRead { get; init; }

    /// <summary>The bytes written to disks since its start.</summary>
    public required long BlockWritten { get; init; }

    /// <summary>The number of processes and threads.</summary>
    public required int Processes { get; init; }

    /// <summary>Calculates the CPU usage from two readings of the counters.</summary>
    /// <param name="used">The CPU time that the container used in between.</param>
    /// <param name="passed">The CPU time of the whole machine in between, in the same unit.</param>
    /// <param name="cpus">The number of CPUs.</param>
    /// <returns>Percent of one CPU; 0 if the counters did not advance.</returns>
    public static double Percent(double used, double passed, int cpus) => used > 0 && passed > 0 ? used / passed * cpus * 100 : 0;
}
