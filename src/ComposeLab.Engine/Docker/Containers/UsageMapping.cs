using Docker.DotNet.Models;

namespace ComposeLab.Engine.Docker;

/// <summary>Converts the engine's statistics of a container.</summary>
internal static class UsageMapping
{
    /// <summary>Converts one reading, which contains the one before it.</summary>
    /// <param name="stats">The engine's form.</param>
    /// <returns>The usage; null if the container has exited: its counters are missing.</returns>
    public static ContainerUsage? Of(ContainerStatsResponse stats)
    {
        if (stats.CPUStats?.SystemUsage is not { } system)
        {
            return null;
        }

        int cpus = (int)(stats.CPUStats.OnlineCPUs ?? (uint)(stats.CPUStats.CPUUsage.PercpuUsage?.Count ?? 1));
        MemoryStats memory = stats.MemoryStats ?? new MemoryStats();

        // The name of the counter depends on the version of the control groups.
        ulong cache = memory.Stats is null ? 0 : memory.Stats.TryGetValue("total_inactive_file", out ulong first) || memory.Stats.TryGetValue("inactive_file", out first) ? first : 0;
        ulong used = memory.Usage ?? 0;
        return new ContainerUsage
        {
            Time = new DateTimeOffset(DateTime.SpecifyKind(stats.Read, DateTimeKind.Utc)),
            CpuPercent = ContainerUsage.Percent(
                (double)stats.CPUStats.CPUUsage.TotalUsage - (stats.PreCPUStats?.CPUUsage?.TotalUsage ?? 0), (double)system - (stats.PreCPUStats?.SystemUsage ?? 0), cpus),
            Memory = (long)(used > cache ? used - cache : used),
            MemoryLimit = (long)Math.Min(memory.Limit ?? 0, long.MaxValue),
            NetworkReceived = (stats.Networks?.Values ?? []).Sum(network => (long)network.RxBytes),
            NetworkSent = (stats.Networks?.Values ?? []).Sum(network => (long)network.TxBytes),
            BlockRead = Blocks(stats, "read"),
            BlockWritten = Blocks(stats, "write"),
            Processes = (int)(stats.PidsStats?.Current ?? 0),
        };
    }

    private static long Blocks(ContainerStatsResponse stats, string operation) =>
        (stats.BlkioStats?.IoServiceBytesRecursive ?? []).Where(entry => string.Equals(entry.Op, operation, StringComparison.OrdinalIgnoreCase)).Sum(entry => (long)entry.Value);
}
