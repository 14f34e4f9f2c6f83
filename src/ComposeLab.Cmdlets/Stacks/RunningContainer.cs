using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Projects;
using ComposeLab.Swarm;

namespace ComposeLab.Stacks;

/// <summary>Finds the container of a service that a command acts on.</summary>
internal static class RunningContainer
{
    /// <summary>Finds it.</summary>
    /// <param name="stacks">The stacks on the engine.</param>
    /// <param name="selection">How the user selected the stack, for the command of the recommendation.</param>
    /// <param name="project">The project's name.</param>
    /// <param name="service">The service's name.</param>
    /// <param name="number">The number of the container, from 1; null for the first running one.</param>
    /// <param name="container">The name of a specific container, which can be a one-off container. Null or empty for any.</param>
    /// <param name="token">Cancels it.</param>
    /// <param name="anyState">Whether it can be stopped or paused; a running one is preferred.</param>
    /// <returns>A container; running, unless any state is allowed.</returns>
    /// <exception cref="LabException">StackNotRunning, ServiceNotFound; NodeUnreachable: it is a task on another node.</exception>
    public static async Task<ObservedContainer> FindAsync(
        StackEngine stacks, ProjectSelection selection, string project, string service, int? number, string? container, CancellationToken token, bool anyState = false)
    {
        (ObservedContainer found, bool isHere) = await LookAsync(stacks, selection, project, service, number, container, token, anyState).ConfigureAwait(false);
        return isHere ? found : throw Elsewhere(found);
    }

    /// <summary>Finds it on any node of a swarm. Its engine is that of the session, or that of another docker context.</summary>
    /// <param name="session">The engine.</param>
    /// <param name="selection">How the user selected the stack, for the command of the recommendation.</param>
    /// <param name="project">The project's name.</param>
    /// <param name="service">The service's name.</param>
    /// <param name="number">The number of the container, from 1; null for the first running one.</param>
    /// <param name="container">The name of a specific container. Null or empty for any.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>A running container and, if it is on another engine, the connection to that engine, which the caller disposes.</returns>
    /// <exception cref="LabException">StackNotRunning, ServiceNotFound, NodeUnreachable.</exception>
    public static async Task<(ObservedContainer Container, EngineSession? Other)> LocateAsync(
        EngineSession session, ProjectSelection selection, string project, string service, int? number, string? container, CancellationToken token)
    {
        (ObservedContainer found, bool isHere) = await LookAsync(session.Stacks, selection, project, service, number, container, token, anyState: false).ConfigureAwait(false);
        return isHere ? (found, null) : (found, await NodeEngines.OpenAsync(session.Engine, found.Node!, token).ConfigureAwait(false) ?? throw Elsewhere(found));
    }

    /// <summary>The error for a task that runs on a node whose engine is needed.</summary>
    /// <param name="task">The task.</param>
    /// <returns>NodeUnreachable.</returns>
    public static LabException Elsewhere(ObservedContainer task) => NodeEngines.Unreachable(
        task.Node!, $"Task {task.Service}{(task.Number > 0 ? $".{task.Number}" : "")} runs on node '{task.Node!.Name}'", $"use that engine: -Context ssh://{NodeEngines.AddressOf(task.Node)}");

    private static async Task<(ObservedContainer Container, bool IsHere)> LookAsync(
        StackEngine stacks, ProjectSelection selection, string project, string service, int? number, string? container, CancellationToken token, bool anyState)
    {
        // A one-off container is used only if the service has no other that fits.
        IReadOnlyList<ObservedContainer> all = await stacks.ListServicesAndOneOffsAsync(project, token).ConfigureAwait(false);
        bool isSwarm = false;
        if (all.Count == 0)
        {
            all = await stacks.ListTaskContainersAsync(project, token).ConfigureAwait(false);
            isSwarm = all.Count > 0;
        }

        string node = isSwarm ? await stacks.ReadNodeIdAsync(token).ConfigureAwait(false) : "";
        bool IsHere(ObservedContainer one) => one.Node is null || one.Node.Id == node;
        ObservedContainer[] own = [.. all.Where(one => one.Service == service && (string.IsNullOrEmpty(container) || one.Name == container)).OrderBy(one => one.IsOneOff).ThenBy(one => !IsHere(one))];
        ObservedContainer[] numbered = [.. own.Where(one => number is null || one.Number == number)];
        if ((Array.Find(numbered, one => one.Summary.State == ContainerState.Running) ?? (anyState ? numbered.FirstOrDefault() : null)) is { } found)
        {
            return (found, IsHere(found));
        }

        string[] services = [.. all.Select(one => one.Service).Distinct(StringComparer.Ordinal)];
        if (services.Length > 0 && own.Length == 0)
        {
            throw new LabException(
                LabErrorId.ServiceNotFound,
                $"Service '{service}' not found in stack '{project}'. Services: {string.Join(", ", services)}.",
                $"Use one of: {string.Join(", ", services)}",
                service);
        }

        int[] running = [.. own.Where(one => one.Summary.State == ContainerState.Running).Select(one => one.Number)];
        string state = own.Length == 0
            ? "the stack has no containers"
            : string.Join(", ", own.Select(one => $"{one.Name} is {one.Summary.State}".ToLowerInvariant()));
        throw new LabException(
            LabErrorId.StackNotRunning,
            $"Expected a {(anyState ? "" : "running ")}container of service '{service}'{(number is null ? "" : $" with number {number}")} in stack '{project}', but {state}.",
            isSwarm ? $"Get-LabTask {CommandText.Quote(service)} -ProjectName {CommandText.Quote(project)} -All"
                : number is not null && running.Length > 0 ? $"Use -Number {string.Join(" or ", running)}"
                : new CommandText(selection).Of(numbered.Any(one => one.Summary.State == ContainerState.Paused) ? $"Resume-LabStack {CommandText.Quote(service)}" : "Start-LabStack"),
            service);
    }
}
