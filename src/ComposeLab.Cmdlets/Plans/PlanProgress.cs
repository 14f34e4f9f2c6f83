using System.Collections.Concurrent;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Progress;
using ComposeLab.Stacks;

namespace ComposeLab.Plans;

/// <summary>Executes a plan and shows its progress.</summary>
/// <param name="Session">The engine.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Reviewed">The reviewed plan, which is executed exactly as it is; null if there is none.</param>
/// <param name="Caption">The title of the work, such as <c>Start composelab</c>.</param>
/// <param name="Output">Where services and progress go.</param>
internal sealed record PlanProgress(EngineSession Session, StackPlan Plan, PlanRecord? Reviewed, string Caption, IPipelineOutput Output)
{
    private readonly ConcurrentDictionary<string, bool> _ready = new(StringComparer.Ordinal);

    /// <summary>Describes the progress of an interrupted start or restart.</summary>
    /// <param name="wait">The command that waits for the rest.</param>
    /// <returns>What is ready and what is not; null if the plan waits for nothing, or everything is ready.</returns>
    public string? Interrupted(string wait) => Interrupted(Plan, [.. _ready.Keys], wait);

    /// <summary>Describes the progress of an interrupted start or restart.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="ready">The names of the containers that are ready.</param>
    /// <param name="wait">The command that waits for the rest.</param>
    /// <returns>What is ready and what is not; null if the plan waits for nothing, or everything is ready.</returns>
    internal static string? Interrupted(StackPlan plan, IReadOnlyCollection<string> ready, string wait)
    {
        string[] awaited =
        [
            .. (plan.Next is null ? plan.Operations : plan.Outlook).OfType<WaitOperation>()
                .Where(operation => operation.Condition == WaitCondition.Ready).Select(operation => operation.Resource.Name)
                .Except(ready, StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        string[] rollouts = [.. plan.Operations.OfType<WaitServiceOperation>().Select(operation => operation.Resource.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return rollouts.Length > 0 ? $"Interrupted. The swarm continues with what was started of: {string.Join(", ", rollouts)}. To see how far it is: Get-LabTask"
            : awaited.Length == 0
            ? null
            : $"Interrupted. Ready: {(ready.Count == 0 ? "(none)" : string.Join(", ", ready.Order(StringComparer.Ordinal)))}. Not ready: {string.Join(", ", awaited)}. "
                + $"Containers that were started keep running; to wait for them: {wait}";
    }

    /// <summary>Executes the plan.</summary>
    /// <param name="write">Whether each container is written as it becomes ready.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The ids of the containers that became ready.</returns>
    public async Task<HashSet<string>> RunAsync(bool write, CancellationToken token)
    {
        var ready = new HashSet<string>(StringComparer.Ordinal);
        using var board = new ProgressBoard(Output, Caption, Math.Max(Plan.Operations.Count, Plan.Outlook.Count), TimeProvider.System);
        var queue = new EventQueue(board, happened => happened.Ready is not null);
        await queue.RunAsync(() => Session.Stacks.ExecuteAsync(Plan, Reviewed, queue, token), TakeAsync).ConfigureAwait(false);
        return ready;

        async Task TakeAsync(EngineEvent happened)
        {
            LabService service = await ServiceObjects.OfAsync(Session.Engine, happened, token).ConfigureAwait(false);
            ready.Add(service.ContainerId);
            _ready[service.Container] = true;
            if (write)
            {
                await Output.WriteAsync(service).ConfigureAwait(false);
            }
        }
    }
}
