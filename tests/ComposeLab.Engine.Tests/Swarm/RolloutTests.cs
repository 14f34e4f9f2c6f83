using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Execution;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Swarm;

/// <summary>When a rollout has ended, and how.</summary>
public class RolloutTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private static readonly TimeSpan Monitor = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData("running running", 0, RolloutState.Monitoring)]
    [InlineData("running running", 5, RolloutState.Converged)]
    [InlineData("running preparing", 9, RolloutState.Starting)]
    [InlineData("running", 9, RolloutState.Starting)]
    [InlineData("running complete", 5, RolloutState.Converged)]
    public void A_service_has_converged_when_all_its_tasks_have_run_for_the_monitored_time(string states, int steady, RolloutState state) =>
        Assert.Equal(state, Judge(Service(2), Tasks(states), steady).State);

    [Theory]
    [InlineData("updating", RolloutState.Updating)]
    [InlineData("completed", RolloutState.Converged)]
    [InlineData("paused", RolloutState.Paused)]
    [InlineData("rollback_started", RolloutState.RollingBack)]
    [InlineData("rollback_paused", RolloutState.Paused)]
    [InlineData("rollback_completed", RolloutState.RolledBack)]
    public void An_update_ends_as_the_swarm_says(string update, RolloutState state) =>
        Assert.Equal(state, Judge(Service(2) with { UpdateStatus = new SwarmUpdateStatus { State = update, StartedAt = Start } }, Tasks("running running"), 0).State);

    [Fact]
    public void The_status_of_an_earlier_update_says_nothing()
    {
        SwarmService service = Service(2) with { UpdateStatus = new SwarmUpdateStatus { State = "completed", StartedAt = Start } };
        Assert.Equal(RolloutState.Starting, Judge(service, Tasks("running"), 9, Wait with { EarlierUpdate = Start }).State);
        Assert.Equal(RolloutState.Monitoring, Judge(service, Tasks("running running"), 0, Wait with { EarlierUpdate = Start }).State);
    }

    [Fact]
    public void A_rollback_that_was_wanted_is_not_a_failure() => Assert.Equal(
        RolloutState.Converged,
        Judge(Service(1) with { UpdateStatus = new SwarmUpdateStatus { State = "rollback_completed", StartedAt = Start } }, Tasks("running"), 0, Wait with { IsRollback = true }).State);

    [Fact]
    public void A_task_that_failed_and_has_no_successor_fails_the_service_after_a_moment()
    {
        SwarmTask[] tasks = [Tasks("failed")[0] with { DesiredState = "shutdown" }];
        Assert.False(RolloutJudgment.HasDeadSlot(Service(1), new SwarmSnapshot([Service(1)], Tasks("failed"), [])));
        Assert.True(RolloutJudgment.HasDeadSlot(Service(1), new SwarmSnapshot([Service(1)], tasks, [])));
        Assert.Equal(RolloutState.Starting, Judge(Service(1), tasks, 0, dead: 1).State);
        Assert.Equal(RolloutState.Failed, Judge(Service(1), tasks, 0, dead: 3).State);
        Assert.False(RolloutJudgment.HasDeadSlot(Service(1), new SwarmSnapshot([Service(1)], [.. tasks, tasks[0] with { Id = "next", Status = new SwarmTaskStatus { State = "ready" } }], [])));
    }

    [Theory]
    [InlineData("rejected", "No such image: web:9", 3, null, RolloutState.Failed)]
    [InlineData("rejected", "No such image: web:9", 2, null, RolloutState.Starting)]
    [InlineData("failed", "starting container failed: exec: \"/nowhere\": not found", 3, null, RolloutState.Failed)]
    [InlineData("failed", "task: non-zero exit (1)", 3, null, RolloutState.Starting)]
    [InlineData("rejected", "No such image: web:9", 3, "pause", RolloutState.Updating)]
    [InlineData("rejected", "No such image: web:9", 3, "continue", RolloutState.Failed)]
    public void A_task_that_is_rejected_again_and_again_fails_the_service_unless_the_swarm_decides(string state, string error, int times, string? action, RolloutState expected)
    {
        SwarmService service = Service(1);
        service = action is null ? service : service with
        {
            UpdateStatus = new SwarmUpdateStatus { State = "updating", StartedAt = Start },
            Spec = service.Spec with { UpdateConfig = new SwarmUpdatePolicy { FailureAction = action } },
        };
        SwarmTask[] tasks =
        [
            .. Enumerable.Range(0, times).Select(number => Tasks(state)[0] with
            {
                Id = $"t{number}",
                DesiredState = "shutdown",
                CreatedAt = Start.AddSeconds(number),
                Status = new SwarmTaskStatus { State = state, Err = error },
            }),
            Tasks("ready")[0] with { Id = "next", CreatedAt = Start.AddSeconds(9) },
        ];
        Assert.Equal(expected, Judge(service, tasks, 0).State);
    }

    [Fact]
    public void Rejections_for_different_reasons_are_not_the_same_failure()
    {
        SwarmTask[] tasks = [.. Enumerable.Range(0, 3).Select(number => Tasks("rejected")[0] with { Id = $"t{number}", CreatedAt = Start.AddSeconds(number), Status = new SwarmTaskStatus { State = "rejected", Err = $"reason {number}" } })];
        Assert.Equal(RolloutState.Starting, Judge(Service(1), tasks, 0).State);
    }

    [Fact]
    public void A_task_on_a_node_that_is_down_does_not_run()
    {
        SwarmNode down = SimulatedSwarm.Node("node1") with { Status = new SwarmNodeStatus("down") };
        Assert.Equal(0, RolloutJudgment.Judge(Wait, "lab", Service(1), new SwarmSnapshot([Service(1)], [Tasks("running")[0] with { NodeId = down.Id }], [down]), TimeSpan.Zero, TimeSpan.Zero).Done);
    }

    [Theory]
    [InlineData(1, RolloutState.Starting)]
    [InlineData(2, RolloutState.Converged)]
    public void A_job_has_converged_when_its_tasks_have_completed(int completed, RolloutState state)
    {
        SwarmService job = Service(0) with
        {
            Spec = Service(0).Spec with { Mode = new SwarmMode { ReplicatedJob = new SwarmReplicatedJob(2, 2) } },
            ServiceStatus = new SwarmServiceStatus(0, 2 - completed, completed),
        };
        Assert.Equal(state, Judge(job, [], 0, Wait with { Monitor = TimeSpan.Zero }).State);
    }

    [Fact]
    public async Task A_paused_update_is_an_error_with_the_message_exit_code_node_and_log_of_its_tasks()
    {
        SwarmTask failed = Tasks("failed")[0] with
        {
            NodeId = "id-node1",
            Status = new SwarmTaskStatus { State = "failed", Err = "task: non-zero exit (3)", Timestamp = Start, ContainerStatus = new SwarmContainerStatus("c1", 3) },
        };
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script.On("ListServicesAsync", _ => Task.FromResult<object?>(new[] { Service(1) with { UpdateStatus = new SwarmUpdateStatus { State = "paused", StartedAt = Start, Message = "update paused due to failure" } } }))
            .On("ListTasksAsync", _ => Task.FromResult<object?>(new[] { failed }))
            .On("ListNodesAsync", _ => Task.FromResult<object?>(new[] { SimulatedSwarm.Node("node1") }))
            .Log(_ => Lines("boom"));
        EngineException fault = await Assert.ThrowsAsync<EngineException>(() => new RolloutWait(engine, "lab", new RecordedEvents(), new InstantTime()).RunAsync(Wait, CancellationToken.None));
        Assert.Equal((EngineErrorId.RolloutFailed, "web"), (fault.Id, fault.Service));
        foreach (string part in new[] { "update paused due to failure", "web.1 on node1", "exit code 3", "non-zero exit", "boom" })
        {
            Assert.Contains(part, fault.Message, StringComparison.Ordinal);
        }

        Assert.Equal((3, "web.1"), (fault.Evidence!.ExitCode, fault.Evidence.Container));
    }

    [Fact]
    public async Task An_update_that_waits_for_a_node_that_is_down_is_planned_again()
    {
        SwarmTask lost = Tasks("preparing")[0] with { NodeId = "id-node1", DesiredState = "shutdown" };
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script.On("ListServicesAsync", _ => Task.FromResult<object?>(new[] { Service(2) with { UpdateStatus = new SwarmUpdateStatus { State = "updating", StartedAt = Start } } }))
            .On("ListTasksAsync", _ => Task.FromResult<object?>(new[] { lost, Tasks("running running")[1] }))
            .On("ListNodesAsync", _ => Task.FromResult<object?>(new[] { SimulatedSwarm.Node("node1") with { Status = new SwarmNodeStatus("down") } }));
        EngineException fault = await Assert.ThrowsAsync<EngineException>(() => new RolloutWait(engine, "lab", new RecordedEvents(), new InstantTime()).RunAsync(Wait, CancellationToken.None));
        Assert.Equal((EngineErrorId.RolloutFailed, true), (fault.Id, fault.IsConflict));
        Assert.Contains("node1", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_does_not_converge_in_time_is_an_error_with_the_reason_of_its_tasks()
    {
        SwarmTask pending = Tasks("pending")[0] with { Status = new SwarmTaskStatus { State = "pending", Err = "no suitable node (insufficient resources on 1 node)" } };
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script.On("ListServicesAsync", _ => Task.FromResult<object?>(new[] { Service(1) }))
            .On("ListTasksAsync", _ => Task.FromResult<object?>(new[] { pending }))
            .On("ListNodesAsync", _ => Task.FromResult<object?>(Array.Empty<SwarmNode>()));
        EngineException fault = await Assert.ThrowsAsync<EngineException>(() =>
            new RolloutWait(engine, "lab", new RecordedEvents(), new InstantTime()).RunAsync(Wait with { Limit = TimeSpan.Zero }, CancellationToken.None));
        Assert.Equal(EngineErrorId.TimedOut, fault.Id);
        Assert.Contains("insufficient resources", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_ends_when_it_is_canceled()
    {
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        using var stop = new CancellationTokenSource();
        script.On("ListServicesAsync", _ => Task.FromResult<object?>(new[] { Service(1) }))
            .On("ListNodesAsync", _ => Task.FromResult<object?>(Array.Empty<SwarmNode>()))
            .On("ListTasksAsync", async token =>
            {
                await stop.CancelAsync();
                await Task.Delay(Timeout.Infinite, token);
                return null;
            });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new RolloutWait(engine, "lab", new RecordedEvents(), new InstantTime()).RunAsync(Wait, stop.Token));
    }

    private static WaitServiceOperation Wait { get; } = new("lab_web", RolloutCondition.Converged, TimeSpan.FromMinutes(5))
    {
        Id = "wait",
        Resource = ResourceId.Service("lab_web"),
        Service = "web",
        Cause = "requested",
        Monitor = Monitor,
    };

    private static ServiceRollout Judge(SwarmService service, SwarmTask[] tasks, int steady, WaitServiceOperation? wait = null, int dead = 0) =>
        RolloutJudgment.Judge(wait ?? Wait, "lab", service, new SwarmSnapshot([service], tasks, []), TimeSpan.FromSeconds(steady), TimeSpan.FromSeconds(dead));

    private static SwarmService Service(long replicas) => new()
    {
        Id = "s1",
        Spec = new SwarmServiceSpec
        {
            Name = "lab_web",
            TaskTemplate = new SwarmTaskSpec { ContainerSpec = new SwarmContainerSpec { Image = "x" } },
            Mode = new SwarmMode { Replicated = new SwarmReplicated(replicas) },
        },
        ServiceStatus = new SwarmServiceStatus(0, replicas, 0),
    };

    private static SwarmTask[] Tasks(string states) => [.. states.Split(' ').Select((state, index) => new SwarmTask
    {
        Id = $"t{index}",
        ServiceId = "s1",
        Slot = index + 1,
        NodeId = "n1",
        Spec = new SwarmTaskSpec(),
        Status = new SwarmTaskStatus { State = state, Timestamp = Start },
        DesiredState = "running",
    })];

    private static async IAsyncEnumerable<LogLine> Lines(params string[] lines)
    {
        foreach (string line in lines)
        {
            await Task.CompletedTask;
            yield return new LogLine(Start, false, line);
        }
    }
}
