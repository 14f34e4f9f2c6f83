using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Projects;
using ComposeLab.Swarm;

namespace ComposeLab.Stacks;

/// <summary>A container and its engine: the selected one or, for a task of a swarm, that of another node.</summary>
/// <param name="Container">The container, as its engine lists it.</param>
/// <param name="Session">The engine. It is closed with the session of the command.</param>
internal sealed record LocatedContainer(ObservedContainer Container, EngineSession Session)
{
    /// <summary>The engine.</summary>
    public IEngine Engine => Session.Engine;

    /// <summary>The id of the container.</summary>
    public string Id => Container.Id;
}

/// <summary>Finds the containers that a command acts on, and their engines. This is the only place that knows how a container on another node is reached.</summary>
internal static class RunningContainer
{
    /// <summary>Finds a container of a service: one of the selected engine, else one on a node of the swarm to which a docker context leads.</summary>
    /// <param name="session">The selected engine.</param>
    /// <param name="selection">How the user selected the stack, for the command of the recommendation.</param>
    /// <param name="project">The project's name.</param>
    /// <param name="service">The service's name.</param>
    /// <param name="number">The number of the container, from 1; null for the first running one.</param>
    /// <param name="container">The name of a specific container, which can be a one-off container. Null or empty for any.</param>
    /// <param name="token">Cancels it.</param>
    /// <param name="anyState">Whether it can be stopped or paused; a running one is preferred.</param>
    /// <returns>A container; running, unless any state is allowed.</returns>
    /// <exception cref="LabException">StackNotRunning, ServiceNotFound; NodeUnreachable: it is a task on another node.</exception>
    public static async Task<LocatedContainer> FindAsync(
        EngineSession session, ProjectSelection selection, string project, string service, int? number, string? container, CancellationToken token, bool anyState = false)
    {
        // A one-off container is used only if the service has no other that fits.
        IReadOnlyList<ObservedContainer> all = await session.Stacks.ListContainersAsync(project, oneOffs: true, token).ConfigureAwait(false);
        ObservedContainer[] own = [.. all.Where(one => one.Service == service && (string.IsNullOrEmpty(container) || one.Name == container)).OrderBy(one => one.IsOneOff)];
        ObservedContainer[] numbered = [.. own.Where(one => number is null || one.Number == number)];
        ObservedContainer[] running = [.. numbered.Where(one => one.Summary.State == ContainerState.Running)];
        if (running.Length > 0 || (anyState && numbered.Length > 0))
        {
            ObservedContainer[] suitable = running.Length > 0 ? running : numbered;
            return await FirstReachableAsync(session, suitable, token).ConfigureAwait(false) ?? throw Elsewhere(suitable[0]);
        }

        if (all.Count > 0 && own.Length == 0)
        {
            throw StackTarget.NoService(project, service, all.Select(one => one.Service));
        }

        int[] numbers = [.. own.Where(one => one.Summary.State == ContainerState.Running).Select(one => one.Number)];
        string state = own.Length == 0
            ? "the stack has no containers"
            : string.Join(", ", own.Select(one => $"{one.Name} is {one.Summary.State}".ToLowerInvariant()));
        throw new LabException(
            LabErrorId.StackNotRunning,
            $"Expected a {(anyState ? "" : "running ")}container of service '{service}'{(number is null ? "" : $" with number {number}")} in stack '{project}', but {state}.",
            all.Any(one => one.TaskId.Length > 0) ? $"Get-LabTask {CommandText.Quote(service)} -ProjectName {CommandText.Quote(project)} -All"
                : number is not null && numbers.Length > 0 ? $"Use -Number {string.Join(" or ", numbers)}"
                : new CommandText(selection).Of(numbered.Any(one => one.Summary.State == ContainerState.Paused) ? $"Resume-LabStack {CommandText.Quote(service)}" : "Start-LabStack"),
            service);
    }

    /// <summary>Finds the engine on which a service runs: the selected one, unless its tasks run on other nodes of a swarm only.</summary>
    /// <param name="session">The selected engine.</param>
    /// <param name="project">The project's name.</param>
    /// <param name="service">The service's name.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The engine. It is closed with the selected one.</returns>
    /// <exception cref="LabException">NodeUnreachable.</exception>
    public static async Task<EngineSession> SessionOfAsync(EngineSession session, string project, string service, CancellationToken token)
    {
        ObservedContainer[] running = [.. (await session.Stacks.ListContainersAsync(project, oneOffs: false, token).ConfigureAwait(false)).Where(one => one.Service == service && one.IsRunning)];
        return running.Length == 0 ? session : (await FirstReachableAsync(session, running, token).ConfigureAwait(false) ?? throw Elsewhere(running[0])).Session;
    }

    /// <summary>Finds the first of some containers whose engine can be reached; one on the selected engine is preferred.</summary>
    /// <param name="session">The selected engine.</param>
    /// <param name="containers">The containers.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The container; null if all of them are on nodes to which no context leads.</returns>
    public static async Task<LocatedContainer?> FirstReachableAsync(EngineSession session, IReadOnlyList<ObservedContainer> containers, CancellationToken token)
    {
        foreach (ObservedContainer container in containers)
        {
            if (container.Node is null || await session.Nodes.IsOwnAsync(container.Node, token).ConfigureAwait(false))
            {
                return new LocatedContainer(container, session);
            }
        }

        foreach (ObservedContainer container in containers)
        {
            if (await TryLocateAsync(session, container, token).ConfigureAwait(false) is not { } located)
            {
                continue;
            }

            // The engine of the node knows the ports and addresses of the container, the swarm does not.
            IReadOnlyList<ObservedContainer> there = await located.Session.Stacks.ListContainersAsync(container.Project, oneOffs: true, token).ConfigureAwait(false);
            return located with { Container = there.FirstOrDefault(one => one.Id == container.Id) ?? container };
        }

        return null;
    }

    /// <summary>Finds the engines of containers.</summary>
    /// <param name="session">The selected engine.</param>
    /// <param name="containers">The containers.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The containers with their engines.</returns>
    /// <exception cref="LabException">NodeUnreachable: one of them is a task on another node.</exception>
    public static async Task<IReadOnlyList<LocatedContainer>> LocateAllAsync(EngineSession session, IReadOnlyList<ObservedContainer> containers, CancellationToken token)
    {
        var located = new List<LocatedContainer>(containers.Count);
        foreach (ObservedContainer container in containers)
        {
            located.Add(await TryLocateAsync(session, container, token).ConfigureAwait(false) ?? throw Elsewhere(container));
        }

        return located;
    }

    /// <summary>Finds the engines of containers. For each node that cannot be reached, an error is written once.</summary>
    /// <param name="session">The selected engine.</param>
    /// <param name="containers">The containers.</param>
    /// <param name="reported">The nodes for which an error was written.</param>
    /// <param name="output">Receives the errors.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The containers that can be reached.</returns>
    public static async Task<IReadOnlyList<LocatedContainer>> LocateReachableAsync(
        EngineSession session, IReadOnlyList<ObservedContainer> containers, HashSet<string> reported, IPipelineOutput output, CancellationToken token)
    {
        var located = new List<LocatedContainer>(containers.Count);
        foreach (ObservedContainer container in containers)
        {
            if (await TryLocateAsync(session, container, token).ConfigureAwait(false) is { } found)
            {
                located.Add(found);
            }
            else if (reported.Add(container.Node!.Id))
            {
                await output.WriteErrorAsync(ErrorRecords.From(Elsewhere(container))).ConfigureAwait(false);
            }
        }

        return located;
    }

    /// <summary>The error for a task that runs on a node whose engine is needed.</summary>
    /// <param name="task">The task.</param>
    /// <returns>NodeUnreachable.</returns>
    public static LabException Elsewhere(ObservedContainer task) => NodeEngines.Unreachable(
        task.Node!, $"Task {task.Service}{(task.Number > 0 ? $".{task.Number}" : "")} runs on node '{task.Node!.Name}'", $"use that engine: -Context ssh://{NodeEngines.AddressOf(task.Node)}");

    private static async Task<LocatedContainer?> TryLocateAsync(EngineSession session, ObservedContainer container, CancellationToken token)
    {
        EngineSession? own = container.Node is { } node ? await session.Nodes.FindAsync(node, token).ConfigureAwait(false) : session;
        return own is null ? null : new LocatedContainer(container, own);
    }
}
