using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Progress;

namespace ComposeLab.Stacks;

/// <summary>Carries a plan out with its progress on the screen.</summary>
internal static class PlanRun
{
    /// <summary>Carries it out.</summary>
    /// <param name="session">The engine.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="caption">What is done as a whole, such as <c>Start composelab</c>.</param>
    /// <param name="output">Where services and progress go.</param>
    /// <param name="write">Whether each container is written as it becomes ready.</param>
    /// <param name="token">Ends it early.</param>
    /// <returns>The ids of the containers that were written.</returns>
    public static async Task<HashSet<string>> CarryOutAsync(
        EngineSession session, StackPlan plan, string caption, IPipelineOutput output, bool write, CancellationToken token)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        using var board = new ProgressBoard(output, caption, Math.Max(plan.Operations.Count, plan.Outlook.Count), TimeProvider.System);
        var feed = new ReadyFeed(board);
        await feed.RunAsync(() => session.Stacks.ExecuteAsync(plan, feed, token), TakeAsync).ConfigureAwait(false);
        return written;

        Task TakeAsync(LabService service)
        {
            written.Add(service.ContainerId);
            return write ? output.WriteAsync(service) : Task.CompletedTask;
        }
    }
}
