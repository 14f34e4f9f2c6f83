using ComposeLab.Compose.Model;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>Carries a plan out with its later stages, and plans once more when the stack has changed under it.</summary>
/// <param name="executor">Walks plans.</param>
/// <param name="planStart">Plans the stage after the images.</param>
internal sealed class PlanRun(PlanExecutor executor, Func<ComposeProject, StartOptions, CancellationToken, Task<StackPlan>> planStart)
{
    /// <summary>Carries a plan out.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="events">Gets what happens.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when the last stage has ended well.</returns>
    public async Task RunAsync(StackPlan plan, IEngineEvents events, CancellationToken token)
    {
        bool mayPlanAgain = true;
        for (StackPlan? stage = plan; stage is not null;)
        {
            try
            {
                await executor.ExecuteAsync(stage, events, token).ConfigureAwait(false);
                stage = stage.Next is { } next ? await planStart(next.Project, next.Options, token).ConfigureAwait(false) : null;
            }
            catch (EngineException fault) when (mayPlanAgain && stage is { Again: not null } && (fault.IsNotFound || fault.IsConflict))
            {
                // Something else ended or made what the plan counted on.
                mayPlanAgain = false;
                StackPlan changed = stage!;
                events.Report(new EngineEvent
                {
                    Resource = $"stack {changed.ProjectName}",
                    Phase = EventPhase.Working,
                    Status = "changed meanwhile, planned again",
                });
                stage = await changed.Again!(token).ConfigureAwait(false);
            }
        }
    }
}
