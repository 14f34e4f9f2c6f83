using System.Globalization;
using System.Text.Json;
using ComposeLab.Engine.Cleaning;
using Docker.DotNet.Models;

namespace ComposeLab.Engine.Docker;

/// <content>The engine itself.</content>
internal sealed partial class DockerEngine
{
    /// <inheritdoc/>
    public Task<EngineDescription> DescribeAsync(CancellationToken token) => ReadAsync(
        async () =>
        {
            SystemInfoResponse said = await client.System.GetSystemInfoAsync(token).ConfigureAwait(false);
            return new EngineDescription
            {
                Host = said.Name ?? "",
                HostSystem = said.OperatingSystem ?? "",
                Processors = Count(said.NCPU),
                Memory = Math.Max(0, said.MemTotal),
                StorageDriver = said.Driver ?? "",
                UsesContainerdStore = said.DriverStatus?.Any(pair => pair is ["driver-type", var type, ..] && type.StartsWith("io.containerd.", StringComparison.Ordinal)) == true,
                SwarmState = said.Swarm?.LocalNodeState ?? "",
                IsSwarmManager = said.Swarm?.ControlAvailable == true,
                SwarmNodeId = said.Swarm?.NodeID ?? "",
                Containers = Count(said.Containers),
                RunningContainers = Count(said.ContainersRunning),
                Images = Count(said.Images),
            };
        },
        token);

    /// <inheritdoc/>
    public Task<EngineDiskUse> MeasureDiskAsync(CancellationToken token) => LongAsync(
        async () =>
        {
            using JsonDocument disk = await JsonAsync(() => transport.GetAsync("system/df", token), "MeasureDisk", token).ConfigureAwait(false);
            return EngineDiskUse.Read(disk.RootElement);
        },
        limits.Transfer,
        token);

    /// <inheritdoc/>
    public Task<EngineContents> ListContentsAsync(CancellationToken token) => LongAsync(
        async () =>
        {
            using JsonDocument disk = await JsonAsync(() => transport.GetAsync("system/df", token), "MeasureDisk", token).ConfigureAwait(false);
            using JsonDocument networks = await JsonAsync(() => transport.GetAsync("networks", token), "ListNetworks", token).ConfigureAwait(false);
            return EngineContents.Read(disk.RootElement, networks.RootElement);
        },
        limits.Transfer,
        token);

    /// <inheritdoc/>
    public Task<long> PruneBuildCacheAsync(DateTimeOffset? before, CancellationToken token) => LongAsync(
        async () =>
        {
            // The client library does not know this call.
            string filters = before is { } time
                ? "&filters=" + Uri.EscapeDataString(Until(time))
                : "";
            using JsonDocument said = await JsonAsync(() => transport.PostAsync("build/prune?all=1" + filters, token), "PruneBuildCache", token).ConfigureAwait(false);
            return said.RootElement.Whole("SpaceReclaimed");
        },
        limits.Transfer,
        token);

    // The engine takes an age, not a time.
    private static string Until(DateTimeOffset time)
    {
        long age = (long)Math.Max(0, (DateTimeOffset.UtcNow - time).TotalSeconds);
        return $"{{\"until\":{{\"{age.ToString(CultureInfo.InvariantCulture)}s\":true}}}}";
    }

    private static async Task<JsonDocument> JsonAsync(Func<Task<HttpResponseMessage>> call, string name, CancellationToken token)
    {
        using HttpResponseMessage answer = await call().ConfigureAwait(false);
        string body = await answer.Content.ReadAsStringAsync(token).ConfigureAwait(false);
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(body) : throw EngineFault.Refused((int)answer.StatusCode, body, name, null);
    }

    private static int Count(long number) => (int)Math.Clamp(number, 0, int.MaxValue);
}
