namespace ComposeLab;

/// <summary>What a container of a stack uses.</summary>
public sealed class LabUsage
{
    /// <summary>When it was measured.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The project.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <summary>The CPU time during the last second, in percent of one CPU: two busy CPUs are 200.</summary>
    public required double CpuPercent { get; init; }

    /// <summary>The memory in use, without the cache of files that can be dropped, in bytes.</summary>
    public required long Memory { get; init; }

    /// <summary>The memory that it may use, in bytes; that of the machine if it has no limit.</summary>
    public required long MemoryLimit { get; init; }

    /// <summary>The memory in use, in percent of the limit.</summary>
    public double MemoryPercent => MemoryLimit > 0 ? 100.0 * Memory / MemoryLimit : 0;

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

    /// <summary>The usage on one line.</summary>
    /// <returns>The container with CPU and memory.</returns>
    public override string ToString() => FormattableString.Invariant($"{Container}: CPU {CpuPercent:0.0} %, memory {Memory} B");
}
