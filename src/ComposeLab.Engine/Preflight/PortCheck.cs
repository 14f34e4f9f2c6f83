using System.Globalization;
using System.Net;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Preflight;

/// <summary>Finds the ports that a plan publishes and that something else holds, and says who.</summary>
internal static class PortCheck
{
    /// <summary>Checks the ports.</summary>
    /// <param name="wanted">The ports of the plan.</param>
    /// <param name="plan">The plan: what it stops gives its ports back.</param>
    /// <param name="containers">Every container of the engine.</param>
    /// <param name="listeners">The ports of this machine that are taken; none if the engine is elsewhere.</param>
    /// <returns>One finding for each port.</returns>
    public static IReadOnlyList<PreflightFinding> Find(
        IReadOnlyList<WantedPort> wanted, StackPlan plan, IReadOnlyList<ContainerSummary> containers, IReadOnlyList<HostListener> listeners)
    {
        HashSet<string> ending = [.. plan.Foreseen.OfType<StopContainerOperation>().Select(stop => stop.Container)];
        HashSet<string> starting = [.. wanted.Select(port => port.Container)];
        ILookup<bool, ContainerSummary> ends = containers.ToLookup(container => ending.Contains(container.Id) || starting.Contains(container.Name));
        List<PreflightFinding> findings = [];
        for (int index = 0; index < wanted.Count; index++)
        {
            WantedPort port = wanted[index];
            string? holder = wanted.Take(index).FirstOrDefault(other => Overlap(port, other)) is { } twin ? Twin(port, twin)
                : ends[false].FirstOrDefault(container => Publishes(container, port)) is { } other ? Container(other)
                : ends[true].Any(container => Publishes(container, port)) ? null
                : listeners.Any(listener => IsTaken(listener, port)) ? PortHolder.Name(port.Protocol, port.Port)
                : null;
            if (holder is not null)
            {
                findings.Add(Finding(port, holder));
            }
        }

        return findings;
    }

    private static PreflightFinding Finding(WantedPort port, string holder) => new()
    {
        Id = EngineErrorId.PortAlreadyAllocated,
        Message = $"Port {port} (service '{port.Service}') is already in use by {holder}.",
        Recommendation = $"Stop the program that uses port {port.Port}, or publish another port.",
        Service = port.Service,
        File = port.Origin.IsInFile ? port.Origin.File : null,
        Line = port.Origin.Line,
        Column = port.Origin.Column,
    };

    private static string Twin(WantedPort port, WantedPort other) => port.Service == other.Service
        ? $"another container of the same service ({other.Container})"
        : $"service '{other.Service}' of the same project";

    private static string Container(ContainerSummary container)
    {
        string project = container.Labels.GetValueOrDefault(StackLabels.Project, "");
        return project.Length == 0
            ? $"container {container.Name}"
            : $"container {container.Name} of project '{project}'";
    }

    private static bool Publishes(ContainerSummary container, WantedPort wanted) => container.State is ContainerState.Running or ContainerState.Paused or ContainerState.Restarting
        && container.Ports.Any(port => port.HostPort == wanted.Port && port.Protocol == wanted.Protocol && Overlap(port.HostIp ?? "", wanted.HostIp));

    private static bool Overlap(WantedPort one, WantedPort other) =>
        one.Port == other.Port && one.Protocol == other.Protocol && Overlap(one.HostIp, other.HostIp);

    private static bool IsTaken(HostListener listener, WantedPort wanted) => listener.Protocol == wanted.Protocol
        && listener.End.Port == wanted.Port
        && Overlap(listener.End.Address.ToString(), wanted.HostIp);

    private static bool Overlap(string one, string other) => IsEvery(one) || IsEvery(other)
        || (IPAddress.TryParse(one, out IPAddress? first) && IPAddress.TryParse(other, out IPAddress? second)
            && first.MapToIPv6().Equals(second.MapToIPv6()));

    private static bool IsEvery(string address) => address is "" or "0.0.0.0" or "::";
}

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
