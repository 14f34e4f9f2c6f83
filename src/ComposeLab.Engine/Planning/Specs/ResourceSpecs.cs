using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Creates the limits of a container from its service.</summary>
internal static class ResourceSpecs
{
    /// <summary>The resource limits; the deploy section overrides the older keys, as in the reference.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The limits.</returns>
    public static ResourceSpec Make(ServiceDefinition service)
    {
        ResourceDefinition? limits = service.Deploy?.Resources?.Limits;
        ResourceDefinition? reservations = service.Deploy?.Resources?.Reservations;
        return new ResourceSpec
        {
            NanoCpus = (long)((limits?.Cpus ?? service.Cpus ?? 0) * 1e9),
            CpuShares = service.CpuShares ?? 0,
            CpuPeriod = service.CpuPeriod ?? 0,
            CpuQuota = service.CpuQuota ?? 0,
            CpuRealtimePeriod = service.CpuRtPeriod ?? 0,
            CpuRealtimeRuntime = service.CpuRtRuntime ?? 0,
            CpuSet = service.CpuSet,
            CpuCount = service.CpuCount ?? 0,
            CpuPercent = (long)((service.CpuPercent ?? 0) * 100),
            Memory = limits?.Memory ?? service.MemLimit ?? 0,
            MemoryReservation = reservations?.Memory ?? service.MemReservation ?? 0,
            MemorySwap = service.MemSwapLimit ?? 0,
            MemorySwappiness = service.MemSwappiness,
            OomKillDisable = service.OomKillDisable,
            OomScoreAdjust = service.OomScoreAdj ?? 0,
            PidsLimit = (limits?.Pids is > 0 ? limits.Pids : service.PidsLimit) is { } pids and not 0 ? pids : null,
            ShmBytes = service.ShmSize ?? 0,
            CgroupParent = service.CgroupParent,
            Ulimits = [.. service.Ulimits.Values.Select(limit => new UlimitSpec(limit.Name, limit.Single ?? limit.Soft ?? 0, limit.Single ?? limit.Hard ?? 0))],
            Devices = [.. service.Devices.Where(device => !IsByName(device)).Select(device => new DeviceSpec(device.Source ?? "", device.Target ?? device.Source ?? "", device.Permissions ?? "rwm"))],
            DeviceCgroupRules = service.DeviceCgroupRules,
            BlockIo = BlockIo(service.Blkio),
            DeviceRequests = [.. ByName(service), .. service.Gpus.Select(gpu => Request(gpu, "gpu")), .. (reservations?.Devices ?? []).Select(device => Request(device, null))],
        };
    }

    private static bool IsByName(DeviceDefinition device) =>
        device.Source == device.Target && device.Source is { } name && !name.StartsWith('/') && name.Contains('/') && name.Contains('=');

    // CDI devices have a name instead of a path.
    private static IEnumerable<DeviceRequestSpec> ByName(ServiceDefinition service)
    {
        string[] names = [.. service.Devices.Where(IsByName).Select(device => device.Source!)];
        return names.Length == 0 ? [] : [new DeviceRequestSpec { Driver = "cdi", DeviceIds = names }];
    }

    private static BlockIoSpec? BlockIo(BlkioDefinition? block) => block is null
        ? null
        : new BlockIoSpec
        {
            Weight = (ushort)(block.Weight ?? 0),
            DeviceWeights = block.WeightDevice.ToDictionary(device => device.Path ?? "", device => (ushort)(device.Weight ?? 0)),
            ReadBytesPerSecond = Rates(block.DeviceReadBps),
            WriteBytesPerSecond = Rates(block.DeviceWriteBps),
            ReadsPerSecond = Rates(block.DeviceReadIops),
            WritesPerSecond = Rates(block.DeviceWriteIops),
        };

    private static Dictionary<string, ulong> Rates(IReadOnlyList<DeviceRateDefinition> rates) =>
        rates.ToDictionary(device => device.Path ?? "", device => (ulong)(device.Rate ?? 0));

    private static DeviceRequestSpec Request(DeviceRequestDefinition request, string? ability) => new()
    {
        Driver = request.Driver ?? "",
        Count = request.DeviceIds.Count > 0 ? 0 : request.Count ?? -1,
        DeviceIds = request.DeviceIds,
        Capabilities = ability is null ? request.Capabilities : [.. request.Capabilities.Append(ability).Distinct(StringComparer.Ordinal)],
        Options = request.Options,
    };
}
