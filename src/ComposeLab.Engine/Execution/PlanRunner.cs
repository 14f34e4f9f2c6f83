using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>Executes a plan with its later stages, and plans once more if the stack changed during the work.</summary>
/// <param name="executor">Executes one stage.</param>
/// <param name="plan">Creates the plan for a request.</param>
/// <param name="reviewed">The plan that was reviewed: nothing but that plan is executed; null if any plan for the same request will do.</param>
internal sealed class PlanRunner(PlanExecutor executor, Func<PlanRequest, CancellationToken, Task<StackPlan>> plan, PlanRecord? reviewed)
{
    /// <summary>Executes a plan.</summary>
    /// <param name="first">The plan.</param>
    /// <param name="events">Receives what happens.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when the last stage has succeeded.</returns>
    public async Task RunAsync(StackPlan first, IEngineEvents events, CancellationToken token)
    {
        bool mayPlanAgain = true;
        for (StackPlan? stage = first; stage is not null;)
        {
            try
            {
                await executor.ExecuteAsync(stage, events, token).ConfigureAwait(false);
                stage = stage.Next is { } next ? await PlanStageAsync(executor.Providers.Apply(next, events), token).ConfigureAwait(false) : null;
            }
            catch (EngineException fault) when (mayPlanAgain && stage is { Request: not null } && (fault.IsNotFound || fault.IsConflict))
            {
                // Something else removed or created what the plan relied on.
                mayPlanAgain = false;
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
