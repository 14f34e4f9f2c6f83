using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Preflight;

namespace ComposeLab.Engine;

/// <summary>Stacks on an engine: lists them, plans changes, carries the plans out. Any number of calls may run at once.</summary>
/// <param name="engine">The engine; the caller disposes it.</param>
/// <param name="images">Builds and pulls images.</param>
public sealed class StackEngine(IEngine engine, IImageSource images)
{
    private readonly StackObserver _observer = new(engine);

    /// <summary>Plans a start. Nothing is changed, not even a pull.</summary>
    /// <param name="project">The project.</param>
    /// <param name="options">How it is started.</param>
    /// <param name="token">Cancels the planning.</param>
    /// <returns>The plan; empty when the stack is as the project says.</returns>
    /// <exception cref="EngineException">PreflightFailed or one of its findings, ServiceNotFound, UnsupportedByEngine.</exception>
    public async Task<StackPlan> PlanStartAsync(ComposeProject project, StartOptions options, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(options);
        ObservedState observed = await _observer.ObserveAsync(project.Name, project, options.Pull, token).ConfigureAwait(false);
        StackPlan plan = StackPlanner.PlanStart(project, observed, options, engine.Info);
        await new StartPreflight(engine).CheckAsync(project, plan, token).ConfigureAwait(false);
        return plan with { Again = again => PlanStartAsync(project, options, again) };
    }

    /// <summary>Plans a stop.</summary>
    /// <param name="projectName">The project's name.</param>
    /// <param name="project">The project; null where only the stack is at hand.</param>
    /// <param name="options">How it is stopped.</param>
    /// <param name="token">Cancels the planning.</param>
    /// <returns>The plan; empty when nothing runs.</returns>
    public async Task<StackPlan> PlanStopAsync(
        string projectName, ComposeProject? project, StopOptions options, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(options);
        ObservedState observed = await _observer.ObserveAsync(projectName, null, null, token).ConfigureAwait(false);
        return StackPlanner.PlanStop(projectName, project, observed, options) with { Again = again => PlanStopAsync(projectName, project, options, again) };
    }

    /// <summary>Plans a removal.</summary>
    /// <param name="projectName">The project's name.</param>
    /// <param name="project">The project; null where only the stack is at hand, which then goes with all it has.</param>
    /// <param name="options">How it is removed.</param>
    /// <param name="token">Cancels the planning.</param>
    /// <returns>The plan; empty when nothing is left.</returns>
    public async Task<StackPlan> PlanRemoveAsync(
        string projectName, ComposeProject? project, RemoveOptions options, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(options);
        ObservedState observed = await _observer.ObserveAsync(
            projectName, options.Images == RemovedImages.None ? null : project, null, token).ConfigureAwait(false);
        return StackPlanner.PlanRemove(projectName, project, observed, options) with { Again = again => PlanRemoveAsync(projectName, project, options, again) };
    }

    /// <summary>Plans a restart.</summary>
    /// <param name="projectName">The project's name.</param>
    /// <param name="project">The project, for its hooks; null where only the stack is at hand.</param>
    /// <param name="options">How it is restarted.</param>
    /// <param name="token">Cancels the planning.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="EngineException">ServiceNotFound; StackNotRunning: the stack has no container.</exception>
    public async Task<StackPlan> PlanRestartAsync(
        string projectName, ComposeProject? project, RestartOptions options, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(options);
        ObservedState observed = await ObserveStackAsync(projectName, token).ConfigureAwait(false);
        return StackPlanner.PlanRestart(projectName, project, observed, options) with { Again = again => PlanRestartAsync(projectName, project, options, again) };
    }

    /// <summary>Plans a wait: carried out, every container is reported with <see cref="EngineEvent.Ready"/> once it is ready.</summary>
    /// <param name="projectName">The project's name.</param>
    /// <param name="project">The project; null where only the stack is at hand.</param>
    /// <param name="options">How it is waited for.</param>
    /// <param name="token">Cancels the planning.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="EngineException">ServiceNotFound; StackNotRunning: the stack has no container.</exception>
    public async Task<StackPlan> PlanWaitAsync(string projectName, ComposeProject? project, WaitOptions options, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(options);
        ObservedState observed = await ObserveStackAsync(projectName, token).ConfigureAwait(false);
        return StackPlanner.PlanWait(projectName, project, observed, options);
    }

    /// <summary>Carries a plan out. Of a start, every container is reported with <see cref="EngineEvent.Ready"/> once it is ready.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="events">Gets what happens.</param>
    /// <param name="token">Cancels within a second; what was begun stays, and the next plan takes it up.</param>
    /// <returns>Completes when every step has ended well.</returns>
    /// <exception cref="EngineException">The first step that failed says why.</exception>
    public async Task ExecuteAsync(StackPlan plan, IEngineEvents events, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(events);
        using StackLock? turn = plan.Operations.All(operation => operation is WaitOperation)
            ? null
            : await StackLock.TakeAsync(engine.Info.Endpoint, plan.ProjectName, PatienceFor(plan), events, token).ConfigureAwait(false);
        if (turn is { HasWaited: true } && plan.Again is { } afresh)
        {
            plan = await afresh(token).ConfigureAwait(false);
        }

        await new PlanRun(new PlanExecutor(engine, images), PlanStartAsync).RunAsync(plan, new OnceReady(events), token).ConfigureAwait(false);
    }

    /// <summary>Lists the stacks of the engine, whichever tool made them.</summary>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The stacks by name.</returns>
    public async Task<IReadOnlyList<ObservedStack>> ListStacksAsync(CancellationToken token)
    {
        IReadOnlyList<ObservedContainer> containers = await _observer.ContainersAsync(null, token).ConfigureAwait(false);
        return
        [
            .. containers
                .GroupBy(container => container.Project, StringComparer.Ordinal)
                .Select(group => new ObservedStack { Name = group.Key, Containers = [.. group] }),
        ];
    }

    /// <summary>Lists the containers of a stack, or of every stack.</summary>
    /// <param name="projectName">The project's name; null is every stack.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The containers by project, service and number.</returns>
    public Task<IReadOnlyList<ObservedContainer>> ListServicesAsync(string? projectName, CancellationToken token) =>
        _observer.ContainersAsync(projectName, token);

    // A start that waits for what never comes must not keep others from ending the stack.
    private static TimeSpan PatienceFor(StackPlan plan) =>
        plan.Foreseen.Any(operation => operation is StartContainerOperation or CreateContainerOperation or ImageOperation)
            ? TimeSpan.MaxValue
            : TimeSpan.FromSeconds(2);

    private async Task<ObservedState> ObserveStackAsync(string projectName, CancellationToken token)
    {
        var observed = new ObservedState { Containers = await _observer.ContainersAsync(projectName, token).ConfigureAwait(false) };
        return observed.Containers.Count > 0
            ? observed
            : throw new EngineException(
                EngineErrorId.StackNotRunning,
                $"The stack '{projectName}' has no container on the engine.",
                "Start it")
            {
                Command = "Start-LabStack",
            };
    }
}
