using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>How far a service of a swarm is on its way to its definition.</summary>
public sealed record ServiceRollout
{
    /// <summary>The stack.</summary>
    public required string Stack { get; init; }

    /// <summary>The key of the service in its project.</summary>
    public required string Service { get; init; }

    /// <summary>The service in the swarm.</summary>
    public required SwarmService Definition { get; init; }

    /// <summary>The state.</summary>
    public required RolloutState State { get; init; }

    /// <summary>The tasks with the current definition that run; of a job, those that have completed.</summary>
    public long Done { get; init; }

    /// <summary>The number of tasks that are wanted.</summary>
    public long Total { get; init; }

    /// <summary>What the swarm says about the update; empty if there is nothing to say.</summary>
    public string Message { get; init; } = "";

    /// <summary>The rollout of a service as a list of services shows it.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="service">The service.</param>
    /// <returns>The rollout.</returns>
    public static ServiceRollout Of(string stack, SwarmService service)
    {
        ArgumentNullException.ThrowIfNull(service);
        SwarmServiceStatus status = service.ServiceStatus ?? new SwarmServiceStatus(0, 0, 0);
        (long done, long total) = service.Spec.Mode switch
        {
            { ReplicatedJob: { } job } => (status.CompletedTasks, job.TotalCompletions ?? job.MaxConcurrent ?? 1),
            { GlobalJob: not null } => (status.CompletedTasks, Math.Max(status.DesiredTasks, status.CompletedTasks)),
            { Global: not null } => (status.RunningTasks, status.DesiredTasks),
            _ => (status.RunningTasks, service.Spec.Mode?.Replicated?.Replicas ?? 1),
        };
        return new ServiceRollout
        {
            Stack = stack,
            Service = RemovalPlanning.Key(stack, service),
            Definition = service,
            Done = done,
            Total = total,
            Message = service.UpdateStatus?.Message ?? "",
            State = service.UpdateStatus?.State switch
            {
                "updating" => RolloutState.Updating,
                "rollback_started" => RolloutState.RollingBack,
                "paused" or "rollback_paused" => RolloutState.Paused,
                "rollback_completed" when done >= total => RolloutState.RolledBack,
                _ => done >= total ? RolloutState.Converged : RolloutState.Starting,
            },
        };
    }
}

/// <summary>The state of a rollout.</summary>
public enum RolloutState
{
    /// <summary>Tasks are missing.</summary>
    Starting,

    /// <summary>Tasks are being replaced.</summary>
    Updating,

    /// <summary>All tasks run, and are watched for failures.</summary>
    Monitoring,

    /// <summary>Every task is as it should be.</summary>
    Converged,

    /// <summary>The swarm returns to the previous definition.</summary>
    RollingBack,

    /// <summary>The swarm returned to the previous definition.</summary>
    RolledBack,

    /// <summary>The swarm stopped the update, or the rollback, because of failures.</summary>
    Paused,

    /// <summary>Tasks failed and are not restarted.</summary>
    Failed,
}

/// <summary>A swarm at one time, as far as a rollout needs it.</summary>
/// <param name="Services">The services of the stack.</param>
/// <param name="Tasks">Their tasks with the current definition.</param>
/// <param name="Nodes">The nodes.</param>
internal sealed record SwarmSnapshot(IReadOnlyList<SwarmService> Services, IReadOnlyList<SwarmTask> Tasks, IReadOnlyList<SwarmNode> Nodes);

/// <summary>Judges a rollout. It knows no clock: the caller says how long a state has lasted.</summary>
internal static class RolloutJudgment
{
    // A failed task is replaced a moment after its failure is known.
    private static readonly TimeSpan ReplacementTime = TimeSpan.FromSeconds(3);

    // A task that never came to run fails again in the same way: its image or a mount is missing. A program that exits may only be waiting for another one.
    private const int MostRejections = 3;

    /// <summary>Judges the rollout of a service.</summary>
    /// <param name="wait">What is waited for.</param>
    /// <param name="stack">The stack.</param>
    /// <param name="service">The service.</param>
    /// <param name="snapshot">The swarm.</param>
    /// <param name="steadyFor">How long all tasks have been running; zero if they do not.</param>
    /// <param name="deadFor">How long a failed task has had no successor; zero if none is missing.</param>
    /// <returns>The rollout.</returns>
    public static ServiceRollout Judge(WaitServiceOperation wait, string stack, SwarmService service, SwarmSnapshot snapshot, TimeSpan steadyFor, TimeSpan deadFor)
    {
        (long done, long total) = Count(service, snapshot);
        SwarmUpdateStatus? update = Fresh(wait, service);
        var rollout = new ServiceRollout
        {
            Stack = stack,
            Service = RemovalPlanning.Key(stack, service),
            Definition = service,
            Done = done,
            Total = total,
            Message = update?.Message ?? "",
            State = RolloutState.Starting,
        };
        bool isComplete = IsSteady(service, snapshot);
        RolloutState state = update?.State switch
        {
            "paused" or "rollback_paused" => RolloutState.Paused,
            "rollback_completed" when !wait.IsRollback => RolloutState.RolledBack,
            "rollback_started" when !wait.IsRollback => RolloutState.RollingBack,
            _ when wait.Condition == RolloutCondition.Running && isComplete => RolloutState.Converged,
            not "rollback_started" when !DecidesItself(update, service) && KeepsBeingRejected(service, snapshot) => RolloutState.Failed,
            not ("updating" or "rollback_started") when deadFor >= ReplacementTime => RolloutState.Failed,
            "updating" or "rollback_started" => RolloutState.Updating,
            "completed" or "rollback_completed" when isComplete => RolloutState.Converged,
            _ when !isComplete => RolloutState.Starting,
            _ when steadyFor >= wait.Monitor => RolloutState.Converged,
            _ => RolloutState.Monitoring,
        };
        return rollout with { State = state };
    }

    /// <summary>Whether all tasks of a service are as they should be.</summary>
    /// <param name="service">The service.</param>
    /// <param name="snapshot">The swarm.</param>
    public static bool IsSteady(SwarmService service, SwarmSnapshot snapshot)
    {
        (long done, long total) = Count(service, snapshot);
        return done >= total && (total > 0 || service.Spec.Mode is { Replicated: not null });
    }

    /// <summary>Whether a task failed and has no successor.</summary>
    /// <param name="service">The service.</param>
    /// <param name="snapshot">The swarm.</param>
    public static bool HasDeadSlot(SwarmService service, SwarmSnapshot snapshot) =>
        Slots(service, snapshot).Any(slot => slot.All(task => task.HasEnded) && slot.MaxBy(task => task.CreatedAt) is { HasFailed: true, DesiredState: "shutdown" or "remove" });

    /// <summary>
    /// The node that the update of a service waits for in vain: a swarm waits for the report of a task that it replaced, and a node that is down reports nothing.
    /// </summary>
    /// <param name="service">The service.</param>
    /// <param name="snapshot">The swarm.</param>
    /// <returns>The node; null if the update does not wait for one.</returns>
    public static SwarmNode? StuckOn(SwarmService service, SwarmSnapshot snapshot) => service.UpdateStatus?.State is not ("updating" or "rollback_started")
        ? null
        : snapshot.Nodes.FirstOrDefault(node => node.Status.State == "down"
            && snapshot.Tasks.Any(task => task.ServiceId == service.Id && task.NodeId == node.Id && task is { HasEnded: false, DesiredState: "shutdown" or "remove" }));

    /// <summary>How long an update may make no progress while a node is down.</summary>
    /// <param name="service">The service.</param>
    public static TimeSpan StuckLimit(SwarmService service) => TimeSpan.FromSeconds(20) + TimeSpan.FromTicks(((service.Spec.UpdateConfig?.Delay ?? 0) + (service.Spec.UpdateConfig?.Monitor ?? 0)) / 100);

    /// <summary>Whether a task never came to run.</summary>
    /// <param name="task">The task.</param>
    public static bool IsRejected(SwarmTask task) => task.Status.State == "rejected" || (task.Status.State == "failed" && task.Status.Err?.StartsWith("starting container failed", StringComparison.Ordinal) == true);

    // The swarm pauses an update, or rolls it back, when too many tasks have failed.
    private static bool DecidesItself(SwarmUpdateStatus? update, SwarmService service) => update?.State == "updating" && service.Spec.UpdateConfig?.FailureAction != "continue";

    private static bool KeepsBeingRejected(SwarmService service, SwarmSnapshot snapshot) => Slots(service, snapshot).Any(slot =>
    {
        SwarmTask[] last = [.. slot.OrderByDescending(task => task.CreatedAt).SkipWhile(task => !task.HasEnded).Take(MostRejections)];
        return last.Length == MostRejections && last.All(task => IsRejected(task) && Kind(task) == Kind(last[0]));
    });

    // Messages of the same kind can differ in the ids of containers.
    private static string Kind(SwarmTask task) => string.Join(' ', (task.Status.Err ?? "").Split(' ', '/', '"', ':').Where(word => word.Length < 12 || !word.All(char.IsAsciiHexDigitLower)));

    private static SwarmUpdateStatus? Fresh(WaitServiceOperation wait, SwarmService service) =>
        service.UpdateStatus is { State.Length: > 0 } update && (wait.EarlierUpdate is null || update.StartedAt != wait.EarlierUpdate) ? update : null;

    private static IEnumerable<IGrouping<(int Slot, string Node), SwarmTask>> Slots(SwarmService service, SwarmSnapshot snapshot) => snapshot.Tasks
        .Where(task => task.ServiceId == service.Id)
        .GroupBy(task => (task.Slot, task.Slot == 0 ? task.NodeId : ""));

    private static (long Done, long Total) Count(SwarmService service, SwarmSnapshot snapshot)
    {
        SwarmServiceStatus status = service.ServiceStatus ?? new SwarmServiceStatus(0, 0, 0);
        if (service.Spec.Mode is { IsJob: true } mode)
        {
            long wanted = mode.ReplicatedJob is { } job ? job.TotalCompletions ?? job.MaxConcurrent ?? 1 : status.DesiredTasks + status.CompletedTasks;
            return (Math.Min(status.CompletedTasks, wanted), wanted);
        }

        HashSet<string> down = [.. snapshot.Nodes.Where(node => node.Status.State == "down").Select(node => node.Id)];
        IGrouping<(int, string), SwarmTask>[] slots = [.. Slots(service, snapshot)];

        // A task that ended without an error and is not restarted has done its work.
        long done = slots.Count(slot => slot.Any(task => IsRunning(task, down)) || (slot.All(task => task.HasEnded) && slot.MaxBy(task => task.CreatedAt) is { Status.State: "complete" }));
        long total = service.Spec.Mode is { Global: not null }
            ? Math.Max(status.DesiredTasks, slots.Count(slot => slot.Any(task => task.DesiredState is "running" or "ready" && !down.Contains(task.NodeId))))
            : service.Spec.Mode?.Replicated?.Replicas ?? 1;
        return (Math.Min(done, total), total);
    }

    private static bool IsRunning(SwarmTask task, HashSet<string> down) => task is { Status.State: "running", DesiredState: "running" or "ready" } && !down.Contains(task.NodeId);
}
