using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>Executes a plan with its later stages, and plans again, a few times at most, if the stack changed during the work.</summary>
/// <param name="executor">Executes one stage.</param>
/// <param name="plan">Creates the plan for a request.</param>
/// <param name="reviewed">The plan that was reviewed: nothing but that plan is executed; null if any plan for the same request will do.</param>
internal sealed class PlanRunner(PlanExecutor executor, Func<PlanRequest, CancellationToken, Task<StackPlan>> plan, PlanRecord? reviewed)
{
    // What another tool removes can disappear piece by piece. The same fault again is an error.
    private const int MostPlans = 3;

    /// <summary>Executes a plan.</summary>
    /// <param name="first">The plan.</param>
    /// <param name="events">Receives what happens.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when the last stage has succeeded.</returns>
    public async Task RunAsync(StackPlan first, IEngineEvents events, CancellationToken token)
    {
        List<string> faults = [];
        for (StackPlan? stage = first; stage is not null;)
        {
            try
            {
                await executor.ExecuteAsync(stage, events, token).ConfigureAwait(false);
                stage = stage.Next is { } next ? await PlanStageAsync(executor.Providers.Apply(next, events), token).ConfigureAwait(false) : null;
            }
            catch (EngineException fault) when (stage is { Request: not null } && (fault.IsNotFound || fault.IsConflict) && faults.Count < MostPlans && !faults.Contains(fault.Message, StringComparer.Ordinal))
            {
                // Something else removed or created what the plan relied on.
                faults.Add(fault.Message);
                if (reviewed is not null)
                {
                    throw PlanRecord.ChangedMeanwhile(stage.ProjectName, fault);
                }

                events.Report(new EngineEvent
                {
                    Resource = ResourceId.Stack(stage.ProjectName),
                    Phase = EventPhase.Working,
                    Status = "changed while the plan was executed, planning again",
                });
                stage = await plan(stage.Request, token).ConfigureAwait(false);
            }
        }
    }

    private async Task<StackPlan> PlanStageAsync(StartRequest next, CancellationToken token)
    {
        StackPlan stage = await plan(next, token).ConfigureAwait(false);
        reviewed?.RequireStage(stage);
        return stage;
    }
}
