using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Plans;
using ComposeLab.Progress;

namespace ComposeLab.Swarm;

/// <summary>Executes a plan for a swarm, shows its progress and writes the services.</summary>
internal static class SwarmProgress
{
    /// <summary>Whether a plan is for a swarm.</summary>
    /// <param name="plan">The plan.</param>
    /// <returns>True if it is.</returns>
    public static bool IsSwarm(StackPlan plan) => plan.SwarmServices.Count > 0 || plan.Operations.Any(operation => operation is SwarmOperation);

    /// <summary>Executes a plan. Services that are up to date are written first, the others when they have converged.</summary>
    /// <param name="work">The plan, with its progress.</param>
    /// <param name="write">Whether services are written.</param>
    /// <param name="token">Cancels it.</param>
    /// <param name="onlyChanged">Whether services that are up to date are left out.</param>
    /// <returns>Completes when everything is done.</returns>
    public static async Task RunAsync(PlanProgress work, bool write, CancellationToken token, bool onlyChanged = false)
    {
        string engine = work.Session.Engine.Info.Endpoint.Name;
        HashSet<string> changed = [.. work.Plan.Operations.Where(operation => operation.Resource.Kind == ResourceKind.Service).Select(operation => operation.Resource.Name)];
        HashSet<string> written = [];
        foreach (ServiceRollout rollout in work.Plan.SwarmServices.Where(service => !onlyChanged && !changed.Contains(service.Spec.Name)).Select(service => ServiceRollout.Of(work.Plan.ProjectName, service)))
        {
            await TakeAsync(rollout).ConfigureAwait(false);
        }

        using var board = new ProgressBoard(work.Output, work.Caption, work.Plan.Operations.Count, TimeProvider.System);
        var queue = new EventQueue(board, happened => happened.Rollout is { State: RolloutState.Converged or RolloutState.RolledBack or RolloutState.Paused or RolloutState.Failed });
        await queue.RunAsync(() => work.Session.Stacks.ExecuteAsync(work.Plan, work.Reviewed, queue, token), happened => TakeAsync(happened.Rollout!)).ConfigureAwait(false);
        HashSet<string> removed = [.. work.Plan.Operations.OfType<RemoveServiceOperation>().Select(operation => operation.Resource.Name)];
        if (write && changed.Except(removed).Any(name => !written.Contains(name)))
        {
            // There was no wait, so nothing was reported. The services are written in their current state.
            foreach (ServiceRollout rollout in (await work.Session.Stacks.ListRolloutsAsync(work.Plan.ProjectName, token).ConfigureAwait(false)).Where(rollout => !onlyChanged || changed.Contains(rollout.Definition.Spec.Name)))
            {
                await TakeAsync(rollout).ConfigureAwait(false);
            }
        }

        async Task TakeAsync(ServiceRollout rollout)
        {
            if (write && written.Add(rollout.Definition.Spec.Name))
            {
                await work.Output.WriteAsync(SwarmObjects.Of(rollout, engine)).ConfigureAwait(false);
            }
        }
    }
}
