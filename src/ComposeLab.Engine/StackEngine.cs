using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Preflight;

namespace ComposeLab.Engine;

/// <summary>Stacks on an engine: lists them, plans changes, and executes plans. Any number of calls may run in parallel.</summary>
/// <param name="engine">The engine; the caller disposes it.</param>
/// <param name="images">Builds and pulls images.</param>
public sealed partial class StackEngine(IEngine engine, IImageSource images)
{
    /// <summary>How long a start waits for another command that changes the same stack.</summary>
    private static readonly TimeSpan LockLimit = TimeSpan.FromMinutes(10);

    private readonly StackObserver _observer = new(engine);
    private readonly SwarmObserver _swarm = new(engine, images);

    /// <summary>Creates the plan for a request, from the stack as it is now. Nothing is changed, not even an image is pulled.</summary>
    /// <param name="request">What is planned.</param>
    /// <param name="token">Cancels the planning.</param>
    /// <returns>The plan; it remembers its request.</returns>
    /// <exception cref="EngineException">PreflightFailed or one of its findings, ServiceNotFound, StackNotRunning.</exception>
    public async Task<StackPlan> PlanAsync(PlanRequest request, CancellationToken token)
    {
        StackPlan plan = await PreviewAsync(request, token).ConfigureAwait(false);
        StartPreflight.Require(plan);
        return plan;
    }

    /// <summary>Creates the plan for a request, as <see cref="PlanAsync"/> does; what prevents it from being executed is listed in its findings.</summary>
    /// <param name="request">What is planned.</param>
    /// <param name="token">Cancels the planning.</param>
    /// <returns>The plan; it is not executed if it has findings.</returns>
    /// <exception cref="EngineException">ServiceNotFound, StackNotRunning.</exception>
    public async Task<StackPlan> PreviewAsync(PlanRequest request, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request is DeployRequest or RemoveDeploymentRequest or RollbackRequest or RedeployRequest)
        {
            return await PreviewSwarmAsync(request, token).ConfigureAwait(false);
        }

        Task<bool> deployed = IsDeployedAsync(request, token);
        if (request.Orchestrator == Orchestrator.Swarm)
        {
            return await deployed.ConfigureAwait(false) ? await PreviewDeployedAsync(request, token).ConfigureAwait(false) : new PlanDraft(request.ProjectName).Finish() with { Request = request, Exists = false };
        }

        ObservedState observed;
        try
        {
            observed = await ObserveAsync(request, token).ConfigureAwait(false);
        }
        catch (EngineException missing) when (missing.Id == EngineErrorId.StackNotRunning)
        {
            if (await deployed.ConfigureAwait(false))
            {
                return await PreviewDeployedAsync(request, token).ConfigureAwait(false);
            }

            throw;
        }

        if (await deployed.ConfigureAwait(false))
        {
            return observed.Containers.Count + observed.OneOffs.Count == 0 ? await PreviewDeployedAsync(request, token).ConfigureAwait(false) : throw Ambiguous(request.ProjectName);
        }

        StackPlan plan = request switch
        {
            StartRequest start => await PreviewStartAsync(start, observed, token).ConfigureAwait(false),
            StopRequest stop => StackPlanner.PlanStop(stop.ProjectName, stop.Project, observed, stop.Options),
            SignalRequest signal => StackPlanner.PlanSignal(signal.ProjectName, signal.Project, observed, signal.Options),
            RestartRequest restart => StackPlanner.PlanRestart(restart.ProjectName, restart.Project, observed, restart.Options),
            RemoveRequest remove => StackPlanner.PlanRemove(remove.ProjectName, remove.Project, observed, remove.Options),
            WaitRequest wait => StackPlanner.PlanWait(wait.ProjectName, wait.Project, observed, wait.Options),
            _ => throw NoPlan(request),
        };
        return plan with
        {
            Request = request,
            Exists = request is StartRequest || observed.Has(request.ProjectName),
            Folder = request.Project?.WorkingDirectory
                ?? observed.Containers.Select(container => container.WorkingDirectory).FirstOrDefault(folder => folder.Length > 0)
                ?? "",
        };
    }

    /// <summary>Plans a start. Nothing is changed, not even a pull.</summary>
    /// <param name="project">The project.</param>
    /// <param name="options">The options of the start.</param>
    /// <param name="token">Cancels the planning.</param>
    /// <returns>The plan; empty if the stack is as the project says.</returns>
    /// <exception cref="EngineException">PreflightFailed or one of its findings, ServiceNotFound, UnsupportedByEngine.</exception>
    public Task<StackPlan> PlanStartAsync(ComposeProject project, StartOptions options, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(options);
        return PlanAsync(new StartRequest(project, options), token);
    }

    /// <summary>Plans a stop.</summary>
    /// <param name="projectName">The project's name.</param>
    /// <param name="project">The project; null if only the stack is known.</param>
    /// <param name="options">How it is stopped.</param>
    /// <param name="token">Cancels the planning.</param>
    /// <returns>The plan; empty if nothing runs.</returns>
    public Task<StackPlan> PlanStopAsync(
        string projectName, ComposeProject? project, StopOptions options, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(options);
        return PlanAsync(new StopRequest(projectName, project, options), token);
    }

    /// <summary>Plans a removal.</summary>
    /// <param name="projectName">The project's name.</param>
    /// <param name="project">The project; null if only the stack is known, which is then removed completely.</param>
    /// <param name="options">The options of the removal.</param>
    /// <param name="token">Cancels the planning.</param>
    /// <returns>The plan; empty if nothing is left.</returns>
    public Task<StackPlan> PlanRemoveAsync(
        string projectName, ComposeProject? project, RemoveOptions options, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(options);
        return PlanAsync(new RemoveRequest(projectName, project, options), token);
    }

    /// <summary>Plans a restart.</summary>
    /// <param name="projectName">The project's name.</param>
    /// <param name="project">The project, for its hooks; null if only the stack is known.</param>
    /// <param name="options">The options of the restart.</param>
    /// <param name="token">Cancels the planning.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="EngineException">ServiceNotFound; StackNotRunning: the stack has no container.</exception>
    public Task<StackPlan> PlanRestartAsync(
        string projectName, ComposeProject? project, RestartOptions options, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(options);
        return PlanAsync(new RestartRequest(projectName, project, options), token);
    }

    /// <summary>Plans a wait. When it is executed, every container is reported with <see cref="EngineEvent.Ready"/> once it is ready.</summary>
    /// <param name="projectName">The project's name.</param>
    /// <param name="project">The project; null if only the stack is known.</param>
    /// <param name="options">How it is waited for.</param>
    /// <param name="token">Cancels the planning.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="EngineException">ServiceNotFound; StackNotRunning: the stack has no container.</exception>
    public Task<StackPlan> PlanWaitAsync(string projectName, ComposeProject? project, WaitOptions options, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(options);
        return PlanAsync(new WaitRequest(projectName, project, options), token);
    }

    /// <summary>Executes a plan. In a start, every container is reported with <see cref="EngineEvent.Ready"/> once it is ready.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="events">Receives what happens.</param>
    /// <param name="token">Cancels within a second. Changes that were made are kept, and the next plan continues from there.</param>
    /// <returns>Completes when every operation has succeeded.</returns>
    /// <exception cref="EngineException">The error of the first operation that failed.</exception>
    public Task ExecuteAsync(StackPlan plan, IEngineEvents events, CancellationToken token) => ExecuteAsync(plan, null, events, token);

    /// <summary>Executes a plan that was reviewed: exactly that plan, or nothing.</summary>
    /// <param name="plan">The plan, newly created for the request of the reviewed one.</param>
    /// <param name="reviewed">The plan that was reviewed; null if any plan for the same request will do.</param>
    /// <param name="events">Receives what happens.</param>
    /// <param name="token">Cancels within a second. Changes that were made are kept, and the next plan continues from there.</param>
    /// <returns>Completes when every operation has succeeded.</returns>
    /// <exception cref="EngineException">PlanOutdated: the plan no longer matches the reviewed one; otherwise the error of the first operation that failed.</exception>
    public async Task ExecuteAsync(StackPlan plan, PlanRecord? reviewed, IEngineEvents events, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(events);
        StartPreflight.Require(plan);
        reviewed?.Require(plan);
        using StackLock? turn = plan.IsEmpty
            ? null
            : await LockAsync(plan, events, token).ConfigureAwait(false);
        if (turn is { HasWaited: true } && plan.Request is { } request)
        {
            plan = await PlanAsync(request, token).ConfigureAwait(false);
            reviewed?.Require(plan);
        }

        await new PlanRunner(new PlanExecutor(engine, images, _swarm.DifferingSecrets), PlanAsync, reviewed).RunAsync(plan, new DistinctReadyEvents(events), token).ConfigureAwait(false);
    }

    /// <summary>Lists the stacks of the engine, including those created by other tools.</summary>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The stacks by name.</returns>
    public async Task<IReadOnlyList<ObservedStack>> ListStacksAsync(CancellationToken token)
    {
        // A stack with only one-off containers left still has networks and volumes.
        IReadOnlyList<ObservedContainer> containers = await _observer.ContainersAndOneOffsAsync(null, token).ConfigureAwait(false);
        return
        [
            .. containers
                .GroupBy(container => container.Project, StringComparer.Ordinal)
                .Select(group => new ObservedStack
                {
                    Name = group.Key,
                    Containers = group.Any(container => !container.IsOneOff) ? [.. group.Where(container => !container.IsOneOff)] : [.. group],
                }),
        ];
    }

    /// <summary>Lists the containers of a stack, or of every stack.</summary>
    /// <param name="projectName">The project's name; null is every stack.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The containers by project, service and number.</returns>
    public Task<IReadOnlyList<ObservedContainer>> ListServicesAsync(string? projectName, CancellationToken token) =>
        _observer.ContainersAsync(projectName, token);

    /// <summary>Lists the containers of a stack, or of every stack, with those of one-off commands.</summary>
    /// <param name="projectName">The project's name; null is every stack.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The containers by project, service and number.</returns>
    public Task<IReadOnlyList<ObservedContainer>> ListServicesAndOneOffsAsync(string? projectName, CancellationToken token) =>
        _observer.ContainersAndOneOffsAsync(projectName, token);

    // A start that waits for what never comes must not keep others from stopping or removing the stack.
    private Task<StackLock> LockAsync(StackPlan plan, IEngineEvents events, CancellationToken token)
    {
        bool starts = plan.Foreseen.Any(operation => operation is StartContainerOperation or CreateContainerOperation or ImageOperation or CreateServiceOperation or UpdateServiceOperation);
        return StackLock.TakeAsync(engine.Info.Endpoint, plan.ProjectName, starts ? LockLimit : TimeSpan.FromSeconds(2), starts, events, token);
    }

    private async Task<StackPlan> PreviewStartAsync(StartRequest request, ObservedState observed, CancellationToken token)
    {
        StackPlan plan = StackPlanner.PlanStart(request.Definition, observed with { HasBuildx = images.Buildx is not null }, request.Options, engine.Info);
        return plan with { Findings = await new StartPreflight(engine).FindAsync(request.Definition, plan, token).ConfigureAwait(false) };
    }

    private Task<ObservedState> ObserveAsync(PlanRequest request, CancellationToken token) => request switch
    {
        StartRequest start => _observer.ObserveAsync(start.ProjectName, start.Definition, start.Options.Pull, ProjectPlace.Of(start.Definition), token),
        StopRequest stop => _observer.ObserveAsync(stop.ProjectName, null, null, stop.Options.Place, token),
        SignalRequest signal => _observer.ObserveAsync(signal.ProjectName, null, null, signal.Options.Place, token),
        RemoveRequest remove => _observer.ObserveAsync(
            remove.ProjectName, remove.Options.Images == RemovedImages.None ? null : remove.Project, null, remove.Options.Place, token),
        RestartRequest restart => ObserveStackAsync(restart.ProjectName, restart.Options.Place, token),
        WaitRequest wait => ObserveStackAsync(wait.ProjectName, null, token),
        _ => throw NoPlan(request),
    };

    private static ArgumentException NoPlan(PlanRequest request) => new($"No plan is known for {request.GetType().Name}.", nameof(request));

    private async Task<ObservedState> ObserveStackAsync(string projectName, ProjectPlace? place, CancellationToken token)
    {
        IReadOnlyList<ObservedContainer> containers = await _observer.ContainersAsync(projectName, token).ConfigureAwait(false);
        return containers.Count > 0
            ? new ObservedState { Containers = containers, RealPaths = _observer.PathsOf(containers, place) }
            : throw new EngineException(
                EngineErrorId.StackNotRunning,
                $"Stack '{projectName}' has no containers.",
                "Start it")
            {
                Remedies = [Remedy.StartStack()],
            };
    }
}
