using System.Globalization;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Preflight;

/// <summary>Finds published ports of a plan that are already in use, and by whom.</summary>
internal static class PortCheck
{
    /// <summary>Checks the ports.</summary>
    /// <param name="wanted">The ports of the plan.</param>
    /// <param name="plan">The plan: containers that it stops release their ports.</param>
    /// <param name="containers">Every container of the engine.</param>
    /// <param name="listeners">The ports of this machine that are taken; none where the engine is elsewhere.</param>
    /// <returns>One finding for each port, or range of ports that was written as one, and holder.</returns>
    public static IReadOnlyList<PreflightFinding> Find(
        IReadOnlyList<WantedPort> wanted, StackPlan plan, IReadOnlyList<ContainerSummary> containers, IReadOnlyList<HostListener> listeners)
    {
        HashSet<string> ending = [.. plan.Foreseen.OfType<StopContainerOperation>().Select(stop => stop.Container)];
        HashSet<string> starting = [.. wanted.Select(port => port.Container)];
        ILookup<bool, ContainerSummary> ends = containers.ToLookup(container => ending.Contains(container.Id) || starting.Contains(container.Name));
        PortIndex<ContainerSummary> staying = Published(ends[false]);
        PortIndex<ContainerSummary> leaving = Published(ends[true]);
        var listening = new PortIndex<HostListener>();
        foreach (HostListener listener in listeners)
        {
            listening.Add(listener.Protocol, listener.End.Port, listener.End.Address.ToString(), listener);
        }

        var processes = new PortHolder();
        var earlier = new PortIndex<WantedPort>();
        List<(WantedPort Port, string Holder)> taken = [];
        foreach (WantedPort port in wanted)
        {
            string? holder = earlier.Find(port.Protocol, port.Port, port.HostIp) is { } twin ? Twin(port, twin)
                : staying.Find(port.Protocol, port.Port, port.HostIp) is { } other ? Container(other)
                : leaving.Find(port.Protocol, port.Port, port.HostIp) is not null ? null
                : listening.Find(port.Protocol, port.Port, port.HostIp) is not null ? processes.Name(port.Protocol, port.Port)
                : null;
            earlier.Add(port.Protocol, port.Port, port.HostIp, port);
            if (holder is not null)
            {
                taken.Add((port, holder));
            }
        }

        return [.. Runs(taken).Select(run => Finding(run.First, run.Last, run.Holder))];
    }

    // A range that was written as one is one finding.
    private static IEnumerable<(WantedPort First, WantedPort Last, string Holder)> Runs(IReadOnlyList<(WantedPort Port, string Holder)> taken)
    {
        foreach (var group in taken.GroupBy(entry => (entry.Port with { Port = 0 }, entry.Holder)))
        {
            WantedPort[] ports = [.. group.Select(entry => entry.Port).OrderBy(port => port.Port)];
            int from = 0;
            for (int end = 1; end <= ports.Length; end++)
            {
                if (end == ports.Length || ports[end].Port != ports[end - 1].Port + 1)
                {
                    yield return (ports[from], ports[end - 1], group.Key.Holder);
                    from = end;
                }
            }
        }
    }

    private static PortIndex<ContainerSummary> Published(IEnumerable<ContainerSummary> containers)
    {
        var index = new PortIndex<ContainerSummary>();
        foreach (ContainerSummary container in containers.Where(container => container.State is ContainerState.Running or ContainerState.Paused or ContainerState.Restarting))
        {
            foreach (PortMapping port in container.Ports)
            {
                if (port.HostPort is { } number)
                {
                    index.Add(port.Protocol, number, port.HostIp ?? "", container);
                }
            }
        }

        return index;
    }

    private static PreflightFinding Finding(WantedPort port, WantedPort last, string holder)
    {
        string ports = port == last
            ? $"{port}"
            : string.Create(CultureInfo.InvariantCulture, $"{(port.HostIp.Length == 0 ? "" : port.HostIp + ":")}{port.Port}-{last.Port}/{port.Protocol}");
        return new PreflightFinding
        {
            Id = EngineErrorId.PortAlreadyAllocated,
            Message = $"Port {ports} (service '{port.Service}') is already in use by {holder}.",
            Recommendation = $"Stop the program that uses port {(port == last ? $"{port.Port}" : $"{port.Port}-{last.Port}")}, or publish another port.",
            Service = port.Service,
            File = port.Origin.IsInFile ? port.Origin.File : null,
            Line = port.Origin.Line,
            Column = port.Origin.Column,
        };
    }

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
}

/// <summary>A port of the host that a plan publishes.</summary>
/// <param name="Service">The service.</param>
/// <param name="Container">The container's name.</param>
/// <param name="HostIp">The host's address; empty means every address.</param>
/// <param name="Port">The port.</param>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</param>
/// <param name="Origin">Its position in the Compose files.</param>
internal sealed record WantedPort(string Service, string Container, string HostIp, int Port, string Protocol, Origin Origin)
{
    /// <summary>Collects the ports that a plan publishes; without ranges from which the engine chooses.</summary>
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

    /// <summary>The port in its usual form.</summary>
    /// <returns><c>8080/tcp</c> or <c>127.0.0.1:8080/tcp</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(HostIp.Length == 0 ? "" : HostIp + ":")}{Port}/{Protocol}");

    private static int Number(PortDefinition port) =>
        int.TryParse(port.Published, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
}
