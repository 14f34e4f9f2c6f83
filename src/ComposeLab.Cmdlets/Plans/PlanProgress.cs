using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Progress;

namespace ComposeLab.Plans;

/// <summary>Executes a plan and shows its progress.</summary>
/// <param name="Session">The engine.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Reviewed">The plan that was reviewed: exactly that is executed; null if there is none.</param>
/// <param name="Caption">What is done as a whole, such as <c>Start composelab</c>.</param>
/// <param name="Output">Where services and progress go.</param>
internal sealed record PlanProgress(EngineSession Session, StackPlan Plan, PlanRecord? Reviewed, string Caption, IPipelineOutput Output)
{
    /// <summary>Executes the plan.</summary>
    /// <param name="write">Whether each container is written as it becomes ready.</param>
    /// <param name="token">Ends it early.</param>
    /// <returns>The ids of the containers that became ready.</returns>
    public async Task<HashSet<string>> RunAsync(bool write, CancellationToken token)
    {
        var ready = new HashSet<string>(StringComparer.Ordinal);
        using var board = new ProgressBoard(Output, Caption, Math.Max(Plan.Operations.Count, Plan.Outlook.Count), TimeProvider.System);
        var queue = new ReadyEventQueue(board);
        await queue.RunAsync(() => Session.Stacks.ExecuteAsync(Plan, Reviewed, queue, token), TakeAsync).ConfigureAwait(false);
        return ready;

        Task TakeAsync(LabService service)
        {
            ready.Add(service.ContainerId);
            return write ? Output.WriteAsync(service) : Task.CompletedTask;
        }
    }
}
