using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine;

/// <content>The stacks of a swarm.</content>
public sealed partial class StackEngine
{
    /// <summary>Lists the services of swarm stacks.</summary>
    /// <param name="stack">The stack; null for all.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The services by stack and name.</returns>
    /// <exception cref="EngineException">SwarmManagerRequired.</exception>
    public async Task<IReadOnlyList<ServiceRollout>> ListRolloutsAsync(string? stack, CancellationToken token)
    {
        IReadOnlyList<SwarmService> services = await engine.ListServicesAsync([stack is null ? SwarmLabels.Namespace : SwarmLabels.Of(stack)], token).ConfigureAwait(false);
        return [.. services.OrderBy(service => service.Spec.Name, StringComparer.Ordinal).Select(service => ServiceRollout.Of(service.Label(SwarmLabels.Namespace), service))];
    }

    /// <summary>Lists the services of swarm stacks, if the engine is a manager of a swarm.</summary>
    /// <param name="stack">The stack; null for all.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The services by stack and name; empty if the engine is not a manager.</returns>
    public async Task<IReadOnlyList<ServiceRollout>> FindRolloutsAsync(string? stack, CancellationToken token)
    {
        try
        {
            return await ListRolloutsAsync(stack, token).ConfigureAwait(false);
        }
        catch (EngineException fault) when (fault.Id == EngineErrorId.SwarmManagerRequired || fault.StatusCode is not null)
        {
            return [];
        }
    }

    /// <summary>Lists the containers of the tasks of a swarm stack: on every node if the engine is a manager, else those of this engine.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The containers by service and slot; empty if there is no such stack.</returns>
    public Task<IReadOnlyList<ObservedContainer>> ListTaskContainersAsync(string stack, CancellationToken token) => _observer.TaskContainersAsync(stack, token);

    /// <summary>Lists the containers of a Compose stack or, if there is none, those of the tasks of a swarm stack.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="oneOffs">Whether one-off containers are listed too.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The containers by service and number; those of tasks on other nodes have a <see cref="ObservedContainer.Node"/>.</returns>
    public async Task<IReadOnlyList<ObservedContainer>> ListContainersAsync(string stack, bool oneOffs, CancellationToken token)
    {
        IReadOnlyList<ObservedContainer> containers = await (oneOffs ? _observer.ContainersAndOneOffsAsync(stack, token) : _observer.ContainersAsync(stack, token)).ConfigureAwait(false);
        return containers.Count > 0 ? containers : await _observer.TaskContainersAsync(stack, token).ConfigureAwait(false);
    }

    /// <summary>Whether a stack is deployed to the swarm of the engine.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>True if the engine is a manager of a swarm that has the stack.</returns>
    public async Task<bool> IsDeployedAsync(string stack, CancellationToken token)
    {
        try
        {
            return (await engine.ListServicesAsync([SwarmLabels.Of(stack)], token).ConfigureAwait(false)).Count > 0;
        }
        catch (EngineException fault) when (fault.Id == EngineErrorId.SwarmManagerRequired || fault.StatusCode is not null)
        {
            return false;
        }
    }

    /// <summary>Reads the id that the engine has as a node of a swarm.</summary>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The id; empty if it is in no swarm.</returns>
    public async Task<string> ReadNodeIdAsync(CancellationToken token) => (await engine.DescribeAsync(token).ConfigureAwait(false)).SwarmNodeId;

    // Only changes to an existing stack can mean the one or the other.
    private Task<bool> IsDeployedAsync(PlanRequest request, CancellationToken token) =>
        request is StopRequest or SignalRequest or RestartRequest or RemoveRequest && request.Orchestrator != Orchestrator.Compose
            ? IsDeployedAsync(request.ProjectName, token)
            : Task.FromResult(false);

    private static EngineException Ambiguous(string stack) => new(
        EngineErrorId.StackAmbiguous, $"There are two stacks '{stack}': one with containers of this engine (docker compose), and one that is deployed to its swarm (docker stack).", "Choose one")
    {
        Remedies = [Remedy.ChooseOrchestrator()],
    };

    private async Task<StackPlan> PreviewDeployedAsync(PlanRequest request, CancellationToken token)
    {
        PlanRequest swarm = request switch
        {
            RestartRequest { Options: var restart } => new RedeployRequest(request.ProjectName, new RollbackOptions { Services = restart.Services, NoWait = restart.NoWait, Limit = restart.ReadyLimit }),
            RemoveRequest { Options.Services.Count: 0 } => new RemoveDeploymentRequest(request.ProjectName, null),
            RemoveRequest => throw NotOnSwarm("A swarm stack is removed as a whole", "Remove the services from the files and deploy with -Prune, or remove the stack"),
            _ => throw NotOnSwarm("A swarm does not stop, pause or signal services", "Set replicas to 0 in the files and deploy again, or remove the stack"),
        };
        return await PreviewSwarmAsync(swarm, token).ConfigureAwait(false) with { Request = request };

        EngineException NotOnSwarm(string why, string instead) => new(EngineErrorId.UnsupportedByEngine, $"{why}, and '{request.ProjectName}' is a swarm stack.", instead)
        {
            Remedies = [Remedy.RemoveStack(request.ProjectName)],
        };
    }

    private async Task<StackPlan> PreviewSwarmAsync(PlanRequest request, CancellationToken token)
    {
        ObservedSwarm observed = request is DeployRequest { Definition: var project, Options: var options }
            ? await _swarm.ObserveAsync(project, options, token).ConfigureAwait(false)
            : await _swarm.ObserveAsync(request.ProjectName, token).ConfigureAwait(false);
        StackPlan plan = request switch
        {
            DeployRequest deploy => new DeployPlanner(deploy.Definition, observed, deploy.Options).Make(),
            RemoveDeploymentRequest remove => RemovalPlanning.Plan(remove.ProjectName, observed, remove.Limit),
            RollbackRequest rollback => RollbackPlanning.PlanRollback(rollback.ProjectName, observed, rollback.Options),
            RedeployRequest redeploy => RollbackPlanning.PlanRedeploy(redeploy.ProjectName, observed, redeploy.Options),
            _ => throw NoPlan(request),
        };
        return plan with
        {
            Request = request,
            Exists = request is DeployRequest || observed.Has(request.ProjectName),
            Folder = request.Project?.WorkingDirectory ?? "",
            SwarmServices = observed.Services,
        };
    }
}
