using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>Waits until services of a swarm have converged. All waits of a plan share the same reads.</summary>
/// <param name="engine">A manager.</param>
/// <param name="stack">The stack.</param>
/// <param name="events">Receives the progress.</param>
/// <param name="time">Measures limits and pauses.</param>
internal sealed class RolloutWait(IEngine engine, string stack, IEngineEvents events, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // A swarm that elects a new leader does not answer for a few seconds.
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(20);

    private readonly object _gate = new();
    private Task<SwarmSnapshot>? _next;

    /// <summary>Waits for a service.</summary>
    /// <param name="wait">What is waited for.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when the condition is met.</returns>
    /// <exception cref="EngineException">RolloutFailed, TimedOut, ServiceNotFound.</exception>
    public async Task RunAsync(WaitServiceOperation wait, CancellationToken token)
    {
        long begun = time.GetTimestamp();
        long? steadySince = null;
        long? deadSince = null;
        long progress = begun;
        DateTimeOffset? newest = null;
        ServiceRollout? last = null;
        while (true)
        {
            SwarmSnapshot snapshot = await NextAsync(token).ConfigureAwait(false);
            SwarmService service = snapshot.Services.FirstOrDefault(known => known.Spec.Name == wait.Name) ?? throw new EngineException(
                EngineErrorId.ServiceNotFound, $"Service {wait.Name} was removed while it was waited for.", "Run the command again.")
            {
                Service = wait.Service,
            };
            steadySince = RolloutJudgment.IsSteady(service, snapshot) ? steadySince ?? time.GetTimestamp() : null;
            deadSince = RolloutJudgment.HasDeadSlot(service, snapshot) ? deadSince ?? time.GetTimestamp() : null;
            ServiceRollout rollout = RolloutJudgment.Judge(wait, stack, service, snapshot, Since(steadySince), Since(deadSince));
            DateTimeOffset? latest = snapshot.Tasks.Where(task => task.ServiceId == service.Id).Max(task => (DateTimeOffset?)task.CreatedAt);
            (progress, newest) = latest != newest || rollout.Done != last?.Done ? (time.GetTimestamp(), latest) : (progress, newest);
            if (RolloutJudgment.StuckOn(service, snapshot) is { } down && time.GetElapsedTime(progress) >= RolloutJudgment.StuckLimit(service))
            {
                throw RolloutErrors.Stuck(rollout, down);
            }

            bool isLate = time.GetElapsedTime(begun) >= wait.Limit;
            if (rollout.State != last?.State || rollout.Done != last.Done || rollout.Total != last.Total)
            {
                Report(wait, rollout);
                last = rollout;
            }

            if (rollout.State == RolloutState.Converged)
            {
                return;
            }

            if (rollout.State is RolloutState.Paused or RolloutState.RolledBack or RolloutState.Failed || isLate)
            {
                throw await RolloutErrors.OfAsync(engine, wait, rollout, snapshot.Nodes, token).ConfigureAwait(false);
            }
        }

        TimeSpan Since(long? moment) => moment is { } start ? time.GetElapsedTime(start) : TimeSpan.Zero;
    }

    private void Report(WaitServiceOperation wait, ServiceRollout rollout) => events.Report(new EngineEvent
    {
        Resource = wait.Resource,
        Phase = EventPhase.Working,
        Status = $"{rollout.Done}/{rollout.Total} tasks, {Words(rollout.State)}",
        Current = rollout.Done,
        Total = rollout.Total,
        Service = wait.Service,
        Rollout = wait.Condition == RolloutCondition.Converged ? rollout : null,
    });

    private static string Words(RolloutState state) => state switch
    {
        RolloutState.RollingBack => "rolling back",
        RolloutState.RolledBack => "rolled back",
        _ => state.ToString().ToLowerInvariant(),
    };

    private Task<SwarmSnapshot> NextAsync(CancellationToken token)
    {
        lock (_gate)
        {
            if (_next is null or { IsCompleted: true })
            {
                _next = ReadAsync(token);
            }

            return _next.WaitAsync(token);
        }
    }

    private async Task<SwarmSnapshot> ReadAsync(CancellationToken token)
    {
        long begun = time.GetTimestamp();
        while (true)
        {
            await Task.Delay(Pause, time, token).ConfigureAwait(false);
            try
            {
                // The tasks are read before the service that they are judged by: a later update then never counts as done with the tasks of the earlier one.
                string[] labels = [SwarmLabels.Of(stack)];
                Task<IReadOnlyList<SwarmNode>> nodes = engine.ListNodesAsync(token);
                IReadOnlyList<SwarmTask> tasks = await engine.ListTasksAsync(labels, upToDate: true, token).ConfigureAwait(false);
                IReadOnlyList<SwarmService> services = await engine.ListServicesAsync(labels, token).ConfigureAwait(false);
                return new SwarmSnapshot(services, tasks, await nodes.ConfigureAwait(false));
            }
            catch (EngineException fault) when (fault.Id is EngineErrorId.EngineUnreachable or EngineErrorId.SwarmManagerRequired or EngineErrorId.EngineRefused && time.GetElapsedTime(begun) < Outage)
            {
                events.Report(new EngineEvent { Resource = ResourceId.Stack(stack), Phase = EventPhase.Working, Status = "the swarm does not answer, trying again" });
            }
        }
    }
}

/// <summary>Creates the errors of rollouts: with the messages, exit codes, nodes and last log lines of the tasks that failed.</summary>
internal static class RolloutErrors
{
    private const int MostTasks = 3;
    private const int LogLines = 10;
    private static readonly TimeSpan LogLimit = TimeSpan.FromSeconds(2);

    /// <summary>Creates the error of a rollout.</summary>
    /// <param name="engine">A manager.</param>
    /// <param name="wait">What was waited for.</param>
    /// <param name="rollout">The rollout.</param>
    /// <param name="nodes">The nodes.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The error.</returns>
    public static async Task<EngineException> OfAsync(IEngine engine, WaitServiceOperation wait, ServiceRollout rollout, IReadOnlyList<SwarmNode> nodes, CancellationToken token)
    {
        IReadOnlyList<SwarmTask> all = await engine.ListTasksAsync([SwarmLabels.Of(rollout.Stack)], upToDate: false, token).ConfigureAwait(false);
        SwarmTask[] mine = [.. all.Where(task => task.ServiceId == rollout.Definition.Id)];
        bool endsEarly(SwarmTask task) => rollout.Definition.Spec.Mode is { IsJob: false } && task.Status.State == "complete";
        SwarmTask[] ended = [.. mine.Where(task => task.HasFailed || !string.IsNullOrEmpty(task.Status.Err))];
        SwarmTask[] failed = [.. (ended.Length > 0 ? ended : mine.Where(endsEarly)).OrderByDescending(task => task.Status.Timestamp)
            .DistinctBy(task => (task.Slot, task.Slot == 0 ? task.NodeId : "")).Take(MostTasks)];
        (SwarmTask Task, IReadOnlyList<string> Log)[] shown = await Task.WhenAll(failed.Select(async task => (task, await TailAsync(engine, task, token).ConfigureAwait(false)))).ConfigureAwait(false);
        string tasks = string.Concat(shown.Select(entry => "\n  " + Text(rollout, entry.Task, nodes) + string.Concat(entry.Log.Select(line => "\n    " + line))));
        bool isLate = rollout.State is not (RolloutState.Paused or RolloutState.RolledBack or RolloutState.Failed);
        string what = rollout.State switch
        {
            RolloutState.Paused => $"The update of service '{rollout.Service}' is paused",
            RolloutState.RolledBack => $"Service '{rollout.Service}' was rolled back to its previous definition",
            RolloutState.Failed when failed.Length > 0 && failed.All(RolloutJudgment.IsRejected) => $"Tasks of service '{rollout.Service}' cannot be started",
            RolloutState.Failed => $"Tasks of service '{rollout.Service}' failed and are not restarted",
            _ => $"Service '{rollout.Service}' did not converge within {wait.Limit.TotalSeconds:0} seconds",
        };
        string message = rollout.Message.Length > 0 && !isLate ? $": {rollout.Message}" : "";
        return new EngineException(
            isLate ? EngineErrorId.TimedOut : EngineErrorId.RolloutFailed,
            $"{what}{message}. {rollout.Done} of {rollout.Total} tasks run.{tasks}",
            isLate ? "The swarm continues to start the tasks. See why they wait, or raise the limit" : "Correct the cause and deploy again. See all tasks",
            null)
        {
            Service = rollout.Service,
            Remedies = isLate ? [Remedy.ListTasks(rollout.Stack, rollout.Service), Remedy.RaiseTimeLimit()] : [Remedy.ListTasks(rollout.Stack, rollout.Service)],
            Evidence = shown.Length == 0
                ? null
                : new ServiceEvidence { Container = Name(rollout, shown[0].Task), ExitCode = ExitCode(shown[0].Task), LogTail = shown[0].Log },
        };
    }

    /// <summary>The error of an update that waits for a node that is down. A new plan continues it.</summary>
    /// <param name="rollout">The rollout.</param>
    /// <param name="node">The node.</param>
    /// <returns>The error.</returns>
    public static EngineException Stuck(ServiceRollout rollout, SwarmNode node) => new(
        EngineErrorId.RolloutFailed,
        $"The update of service '{rollout.Service}' waits for a task on node {node.Name}, which is down. {rollout.Done} of {rollout.Total} tasks run.",
        "Deploy again to continue it without that node",
        null)
    {
        Service = rollout.Service,
        StatusCode = 409,
    };

    private static string Name(ServiceRollout rollout, SwarmTask task) => task.Slot > 0 ? $"{rollout.Service}.{task.Slot}" : $"{rollout.Service}.{task.NodeId}";

    private static int? ExitCode(SwarmTask task) => task.HasEnded && task.Status.ContainerStatus is { ExitCode: { } code } ? code : null;

    private static string Text(ServiceRollout rollout, SwarmTask task, IReadOnlyList<SwarmNode> nodes)
    {
        string node = task.NodeId.Length == 0 ? "" : $" on {nodes.FirstOrDefault(known => known.Id == task.NodeId)?.Name ?? task.NodeId}";
        string code = ExitCode(task) is { } exit and not 0 ? $", exit code {exit}" : "";
        string early = task is { Status.State: "complete", Spec.ContainerSpec.Healthcheck: not null } ? " (it ended by itself, or because its healthcheck failed)" : "";
        return $"{Name(rollout, task)}{node}: {task.Status.State}{code}: {task.Status.Err ?? task.Status.Message}{early}";
    }

    private static async Task<IReadOnlyList<string>> TailAsync(IEngine engine, SwarmTask task, CancellationToken token)
    {
        List<string> lines = [];
        if (string.IsNullOrEmpty(task.Status.ContainerStatus?.Id))
        {
            return lines;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(LogLimit);
        try
        {
            await foreach (LogLine line in engine.ReadTaskLogAsync(task.Id, task.Spec.ContainerSpec?.Tty == true, new LogQuery { Tail = LogLines }, limit.Token).ConfigureAwait(false))
            {
                lines.Add(line.Text);
            }
        }
        catch (Exception unreadable) when (unreadable is EngineException || (unreadable is OperationCanceledException && !token.IsCancellationRequested))
        {
            // The node is down, or its logs cannot be read: the error is reported without them.
        }

        return lines;
    }
}
