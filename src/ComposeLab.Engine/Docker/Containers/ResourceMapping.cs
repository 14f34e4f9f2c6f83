using Docker.DotNet.Models;

namespace ComposeLab.Engine.Docker;

/// <summary>Converts the resource limits of a container.</summary>
internal static class ResourceMapping
{
    /// <summary>Adds the limits and devices to the host settings of a container.</summary>
    /// <param name="host">The host settings, changed in place.</param>
    /// <param name="resources">The resource limits.</param>
    public static void Add(HostConfig host, ResourceSpec resources)
    {
        host.NanoCPUs = resources.NanoCpus;
        host.CPUShares = resources.CpuShares;
        host.CPUPeriod = resources.CpuPeriod;
        host.CPUQuota = resources.CpuQuota;
        host.CPURealtimePeriod = resources.CpuRealtimePeriod;
        host.CPURealtimeRuntime = resources.CpuRealtimeRuntime;
        host.CpusetCpus = resources.CpuSet!;
        host.CPUCount = resources.CpuCount;
        host.CPUPercent = resources.CpuPercent;
        host.Memory = resources.Memory;
        host.MemoryReservation = resources.MemoryReservation;
        host.MemorySwap = resources.MemorySwap;
        host.MemorySwappiness = resources.MemorySwappiness;
        host.OomKillDisable = resources.OomKillDisable;
        host.OomScoreAdj = resources.OomScoreAdjust;
        host.PidsLimit = resources.PidsLimit;
        host.ShmSize = resources.ShmBytes;
        host.CgroupParent = resources.CgroupParent!;
        host.Ulimits = [.. resources.Ulimits.Select(limit => new Ulimit { Name = limit.Name, Soft = limit.Soft, Hard = limit.Hard })];
        host.Devices =
        [
            .. resources.Devices.Select(device => new DeviceMapping
            {
                PathOnHost = device.HostPath,
                PathInContainer = device.ContainerPath,
                CgroupPermissions = device.Permissions,
            }),
        ];
        host.DeviceCgroupRules = [.. resources.DeviceCgroupRules];
        host.DeviceRequests =
        [
            .. resources.DeviceRequests.Select(request => new DeviceRequest
            {
                Driver = request.Driver,
                Count = request.Count,
                DeviceIDs = [.. request.DeviceIds],
                Capabilities = [[.. request.Capabilities]],
                Options = ContainerRequestMapping.Map(request.Options),
            }),
        ];
        if (resources.BlockIo is { } block)
        {
            host.BlkioWeight = block.Weight;
            host.BlkioWeightDevice = [.. block.DeviceWeights.Select(pair => new WeightDevice { Path = pair.Key, Weight = pair.Value })];
            host.BlkioDeviceReadBps = Throttles(block.ReadBytesPerSecond);
            host.BlkioDeviceWriteBps = Throttles(block.WriteBytesPerSecond);
            host.BlkioDeviceReadIOps = Throttles(block.ReadsPerSecond);
            host.BlkioDeviceWriteIOps = Throttles(block.WritesPerSecond);
        }
    }

    private static List<ThrottleDevice> Throttles(IReadOnlyDictionary<string, ulong> rates) =>
        [.. rates.Select(pair => new ThrottleDevice { Path = pair.Key, Rate = pair.Value })];
}
