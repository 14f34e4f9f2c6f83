using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Makes limits and rights of a container from its service.</summary>
internal static class ResourceSpecs
{
    /// <summary>What the container may use; the deploy section wins over the older keys, as in the reference.</summary>
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
            CpuPercent = (long)(service.CpuPercent ?? 0),
            Memory = limits?.Memory ?? service.MemLimit ?? 0,
            MemoryReservation = reservations?.Memory ?? service.MemReservation ?? 0,
            MemorySwap = service.MemSwapLimit ?? 0,
            MemorySwappiness = service.MemSwappiness,
            OomKillDisable = service.OomKillDisable,
            OomScoreAdjust = service.OomScoreAdj ?? 0,
            PidsLimit = limits?.Pids ?? service.PidsLimit,
            ShmBytes = service.ShmSize ?? 0,
            CgroupParent = service.CgroupParent,
            Ulimits = [.. service.Ulimits.Values.Select(limit => new UlimitSpec(limit.Name, limit.Single ?? limit.Soft ?? 0, limit.Single ?? limit.Hard ?? 0))],
            Devices = [.. service.Devices.Select(device => new DeviceSpec(device.Source ?? "", device.Target ?? device.Source ?? "", device.Permissions ?? "rwm"))],
            DeviceCgroupRules = service.DeviceCgroupRules,
            DeviceRequests = [.. service.Gpus.Select(gpu => Request(gpu, "gpu")), .. (reservations?.Devices ?? []).Select(device => Request(device, null))],
        };
    }

    /// <summary>What the container may do.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The rights.</returns>
    public static SecuritySpec Security(ServiceDefinition service) => new()
    {
        Privileged = service.Privileged,
        ReadOnlyRoot = service.ReadOnly,
        CapAdd = service.CapAdd,
        CapDrop = service.CapDrop,
        Options = service.SecurityOpt,
        GroupAdd = service.GroupAdd,
        Sysctls = service.Sysctls,
        IpcMode = service.Ipc,
        PidMode = service.Pid,
        UtsMode = service.Uts,
        UserNamespaceMode = service.UserNsMode,
        CgroupNamespaceMode = service.Cgroup,
        Init = service.Init,
    };

    private static DeviceRequestSpec Request(DeviceRequestDefinition request, string? ability) => new()
    {
        Driver = request.Driver ?? "",
        Count = request.DeviceIds.Count > 0 ? 0 : request.Count ?? -1,
        DeviceIds = request.DeviceIds,
        Capabilities = ability is null ? request.Capabilities : [.. request.Capabilities.Append(ability).Distinct(StringComparer.Ordinal)],
        Options = request.Options,
    };
}
