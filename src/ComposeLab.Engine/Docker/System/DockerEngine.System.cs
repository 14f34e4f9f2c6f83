using System.Text.Json;
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
            using HttpResponseMessage answer = await transport.GetAsync("system/df", token).ConfigureAwait(false);
            string body = await answer.Content.ReadAsStringAsync(token).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
            {
                throw EngineFault.Refused((int)answer.StatusCode, body, "MeasureDisk", null);
            }

            using JsonDocument document = JsonDocument.Parse(body);
            return EngineDiskUse.Read(document.RootElement);
        },
        limits.Transfer,
        token);

    private static int Count(long number) => (int)Math.Clamp(number, 0, int.MaxValue);
}
