using System.Globalization;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Preflight;

/// <summary>A port of the host that a plan publishes.</summary>
/// <param name="Service">The service.</param>
/// <param name="Container">The container's name.</param>
/// <param name="HostIp">The host's address; empty is every address.</param>
/// <param name="Port">The port.</param>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</param>
/// <param name="Origin">Where the compose files ask for it.</param>
internal sealed record WantedPort(string Service, string Container, string HostIp, int Port, string Protocol, Origin Origin)
{
    /// <summary>Collects the ports that a plan publishes; ranges from which the engine chooses are left to it.</summary>
    /// <param name="project">The project.</param>
    /// <param name="plan">The plan.</param>
    /// <returns>The ports of every container that is started.</returns>
    public static IReadOnlyList<WantedPort> Of(ComposeProject project, StackPlan plan) =>
    [
        .. plan.Foreseen.OfType<StartContainerOperation>()
            .Where(start => !start.Paused && start.Service is not null && project.Services.ContainsKey(start.Service))
            .SelectMany(start => project.Services[start.Service!].Ports
                .Where(port => Number(port) > 0)
                .Select(port => new WantedPort(
                    start.Service!,
                    start.Resource.Name,
                    port.HostIp ?? "",
                    Number(port),
                    port.Protocol ?? "tcp",
                    (port.Node["published"] ?? port.Node).Origin))),
    ];

    /// <summary>The port as people write it.</summary>
    /// <returns><c>8080/tcp</c> or <c>127.0.0.1:8080/tcp</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(HostIp.Length == 0 ? "" : HostIp + ":")}{Port}/{Protocol}");

    private static int Number(PortDefinition port) =>
        int.TryParse(port.Published, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
}
