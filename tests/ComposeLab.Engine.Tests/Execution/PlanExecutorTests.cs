using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Execution;

public sealed class PlanExecutorTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly IEngine _engine;
    private readonly ScriptedEngine _script;
    private readonly RecordedEvents _events = new();

    public PlanExecutorTests() => (_engine, _script) = ScriptedEngine.Make();

    [Fact]
    public async Task A_rejected_call_ends_the_plan_with_the_name_of_the_resource()
    {
        _script.Refuse("StartContainerAsync db", 500, "port is already allocated");

        EngineException fault = await FailsAsync(Start("db"), Start("web", "start db"));

        Assert.Equal((EngineErrorId.EngineRefused, "db"), (fault.Id, fault.Service));
        Assert.Contains("port is already allocated", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("StartContainerAsync web", _script.Calls);
        Assert.Contains(_events.All, entry => entry.Resource == ResourceId.Container("db") && entry.Phase == EventPhase.Failed);
    }

    [Fact]
    public async Task A_rejected_call_cancels_one_that_hangs()
    {
        var begun = new TaskCompletionSource();
        _script.On("StartContainerAsync slow", async token =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            return null;
        }).On("StartContainerAsync bad", async _ =>
        {
            await begun.Task;
            throw new EngineException(EngineErrorId.EngineRefused, "no", "None.") { StatusCode = 500 };
        });

        EngineException fault = await FailsAsync(Start("slow"), Start("bad"));

        Assert.Equal("bad", fault.Service);
    }

    [Fact]
    public async Task A_call_that_hangs_is_abandoned_when_the_token_is_canceled()
    {
        using var stop = new CancellationTokenSource();
        _script.Hang("StartContainerAsync db");
        Task running = RunAsync(stop.Token, Start("db"));
        Assert.False(running.IsCompleted);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Limit));
    }

    [Fact]
    public async Task A_late_answer_delays_only_dependent_steps()
    {
        var late = new TaskCompletionSource<object?>();
        _script.On("StartContainerAsync db", _ => late.Task);
        var other = new TaskCompletionSource<object?>();
        _script.On("StartContainerAsync cache", _ =>
        {
            other.SetResult(null);
            return Task.FromResult<object?>(null);
        });

        Task running = RunAsync(CancellationToken.None, Start("db"), Start("web", "start db"), Start("cache"));
        await other.Task.WaitAsync(Limit);
        Assert.DoesNotContain("StartContainerAsync web", _script.Calls);
        late.SetResult(null);
        await running.WaitAsync(Limit);

        Assert.Contains("StartContainerAsync web", _script.Calls);
    }

    [Fact]
    public async Task Removing_something_that_is_already_removed_succeeds()
    {
        _script.Refuse("RemoveNetworkAsync n", 404, "not found");

        await RunAsync(CancellationToken.None, new RemoveNetworkOperation("n") { Id = "remove", Resource = ResourceId.Network("n"), Cause = "requested" });

        Assert.Contains(_events.All, entry => entry.Phase == EventPhase.Done);
    }

    [Fact]
    public async Task Renaming_a_container_that_has_the_name_already_succeeds()
    {
        _script.Refuse("RenameContainerAsync web", 400, "Renaming a container with the same name as its current name")
            .On("InspectContainerAsync web", _ => Task.FromResult<object?>(Details("lab-web-1", ContainerState.Running, 0, 0)));
        var rename = new RenameContainerOperation("web", "lab-web-1") { Id = "rename", Resource = ResourceId.Container("lab-web-1"), Cause = "its replacement was interrupted" };

        await RunAsync(CancellationToken.None, rename);
        await Assert.ThrowsAsync<EngineException>(() => RunAsync(CancellationToken.None, rename with { NewName = "lab-web-2" }));
    }

    [Fact]
    public async Task A_container_that_is_in_the_network_already_is_connected_again_with_its_settings()
    {
        int attempts = 0;
        ContainerDetails connected = Details("web", ContainerState.Running, 0, 0) with { Networks = new Dictionary<string, ContainerNetwork> { ["n"] = new() { NetworkId = "1", IpAddress = "" } } };
        _script.On("ConnectNetworkAsync n", _ => ++attempts == 1
                ? Task.FromException<object?>(new EngineException(EngineErrorId.EngineRefused, "endpoint with name web already exists in network n", "None.") { StatusCode = 403 })
                : Task.FromResult<object?>(null))
            .On("InspectContainerAsync web", _ => Task.FromResult<object?>(connected));

        await RunAsync(CancellationToken.None, new ConnectNetworkOperation("n", "web", new EndpointSpec()) { Id = "connect", Resource = ResourceId.Container("web"), Cause = "requested" });

        Assert.Equal(["ConnectNetworkAsync n", "InspectContainerAsync web", "DisconnectNetworkAsync n", "ConnectNetworkAsync n"], _script.Calls);
    }

    [Fact]
    public async Task A_network_with_stale_endpoints_is_disconnected_and_removed_again()
    {
        int attempts = 0;
        _script.On("RemoveNetworkAsync n", _ => ++attempts < 3
            ? Task.FromException<object?>(new EngineException(EngineErrorId.EngineRefused, "has active endpoints", "None.") { StatusCode = 403 })
            : Task.FromResult<object?>(null));

        await new NetworkRemoval(_engine, new InstantTime()).RunAsync(Network("lab-web-1"), CancellationToken.None).WaitAsync(Limit);

        Assert.Equal(["RemoveNetworkAsync n", "DisconnectNetworkAsync n", "RemoveNetworkAsync n", "DisconnectNetworkAsync n", "RemoveNetworkAsync n"], _script.Calls);
    }

    [Theory]
    [InlineData("n", "network n has active endpoints", "still in use by other-web-1", "Disconnect or remove")]
    [InlineData("another", "network n has active endpoints", "the engine still counts a connection of a container that was removed", "restarted")]
    [InlineData("another", "network n is in use by task t1", "still in use: ", "Disconnect or remove")]
    public async Task A_network_that_the_engine_does_not_release_has_its_own_error_that_names_its_containers(string connectedTo, string refusal, string reason, string remedy)
    {
        ContainerSummary other = SampleContainers.Row("other-web-1") with
        {
            Networks = new Dictionary<string, ContainerNetwork> { ["its name"] = new() { NetworkId = connectedTo, IpAddress = "" } },
        };
        _script.Refuse("RemoveNetworkAsync n", 403, refusal).On("ListContainersAsync", _ => Task.FromResult<object?>(new[] { other }));

        EngineException fault = await Assert.ThrowsAsync<EngineException>(
            () => new NetworkRemoval(_engine, new InstantTime()).RunAsync(Network(), CancellationToken.None).WaitAsync(Limit));

        Assert.Equal(EngineErrorId.ResourceInUse, fault.Id);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, fault.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_optional_container_that_cannot_be_started_is_a_warning_and_nothing_waits_for_it()
    {
        _script.Refuse("StartContainerAsync cache", 500, "no such device");

        await RunAsync(
            CancellationToken.None,
            Start("cache") with { Required = false },
            Wait("cache", required: false) with { DependsOn = ["start cache"] },
            Start("web", "wait cache")).WaitAsync(Limit);

        Assert.Contains("StartContainerAsync web", _script.Calls);
        Assert.Single(_events.Warnings);
    }

    [Fact]
    public async Task A_hook_that_is_allowed_to_fail_does_not_prevent_removing_a_container()
    {
        _script.Refuse("StartExecAsync db", 500, "no such program");
        var hook = new HookOperation("db", new ExecSpec { Command = ["bye"] }) { Id = "hook", Resource = ResourceId.Container("db"), Cause = "pre_stop", Required = false };

        await RunAsync(
            CancellationToken.None, hook, new RemoveContainerOperation("db", false) { Id = "remove", Resource = ResourceId.Container("db"), Cause = "requested", DependsOn = ["hook"] }).WaitAsync(Limit);

        Assert.Contains("RemoveContainerAsync db", _script.Calls);
        Assert.Single(_events.Warnings);
    }

    [Theory]
    [InlineData(ContainerState.Exited, 1, 0)]
    [InlineData(ContainerState.Restarting, 1, 2)]
    [InlineData(ContainerState.Running, 0, 1)]
    public async Task A_container_that_fails_during_the_wait_for_others_is_an_error(ContainerState state, int exitCode, int restarts)
    {
        _script
            .On("ListContainersAsync", _ => Task.FromResult<object?>((ContainerSummary[])[
                IsReady("sidecar") ? Row("sidecar", state, exitCode) : Row("sidecar", ContainerState.Running),
                Row("db", ContainerState.Running) with { Health = IsReady("sidecar") ? HealthStatus.Healthy : HealthStatus.Starting },
            ]))
            .On("InspectContainerAsync id-sidecar", _ => Task.FromResult<object?>(Details("sidecar", state, exitCode, restarts)));

        EngineException fault = await FailsAsync(Start("sidecar"), Start("db"), Wait("sidecar") with { DependsOn = ["start sidecar"] }, Wait("db") with { DependsOn = ["start db"] });

        Assert.Equal((EngineErrorId.ServiceExited, "sidecar"), (fault.Id, fault.Service));
        Assert.Equal(restarts, fault.Evidence!.RestartCount);

        bool IsReady(string container) => _events.All.Any(entry => entry.Ready?.Name == container);
    }

    [Fact]
    public async Task A_container_that_is_just_running_is_not_ready_before_it_has_run_for_a_moment()
    {
        int looks = 0;
        _script
            .On("ListContainersAsync", _ => Task.FromResult<object?>((ContainerSummary[])[
                ++looks == 1 ? Row("job", ContainerState.Running) with { Status = "Up Less than a second" } : Row("job", ContainerState.Exited, 3),
            ]))
            .On("InspectContainerAsync id-job", _ => Task.FromResult<object?>(Details("job", ContainerState.Exited, 3, 0)));

        EngineException fault = await FailsAsync(Wait("job"));

        Assert.Equal((EngineErrorId.ServiceExited, 3), (fault.Id, fault.Evidence!.ExitCode));
    }

    [Fact]
    public async Task A_resumed_container_without_failed_probes_is_awaited_although_the_list_shows_it_as_unhealthy()
    {
        int looks = 0;
        _script
            .On("ListContainersAsync", _ => Task.FromResult<object?>((ContainerSummary[])[Row("db", ContainerState.Running) with { Health = ++looks < 3 ? HealthStatus.Unhealthy : HealthStatus.Healthy }]))
            .On("InspectContainerAsync id-db", _ => Task.FromResult<object?>(Details("db", ContainerState.Running, 0, 0) with { Health = HealthStatus.Starting }));

        await RunAsync(CancellationToken.None, Wait("db") with { Probe = false }).WaitAsync(Limit);

        Assert.Equal("db", Assert.Single(_events.All, entry => entry.Ready is not null).Ready!.Name);
    }

    [Fact]
    public async Task A_paused_container_is_an_error_that_says_so()
    {
        _script
            .On("ListContainersAsync", _ => Task.FromResult<object?>((ContainerSummary[])[Row("db", ContainerState.Paused)]))
            .On("InspectContainerAsync id-db", _ => Task.FromResult<object?>(Details("db", ContainerState.Paused, 0, 0) with { Health = HealthStatus.Starting }));

        EngineException fault = await FailsAsync(Wait("db"));

        Assert.Equal((EngineErrorId.ServicePaused, "db"), (fault.Id, fault.Service));
    }

    [Fact]
    public async Task A_one_shot_that_completes_is_reported_as_completed()
    {
        int looks = 0;
        _script.On("ListContainersAsync", _ => Task.FromResult<object?>((ContainerSummary[])[
            ++looks == 1 ? Row("job", ContainerState.Running) with { Status = "Up Less than a second" } : Row("job", ContainerState.Exited),
        ]));

        await RunAsync(CancellationToken.None, Wait("job")).WaitAsync(Limit);

        Assert.Equal(ContainerState.Exited, Assert.Single(_events.All, entry => entry.Ready is not null).Ready!.State);
    }

    [Fact]
    public async Task A_dependency_without_a_healthcheck_that_exits_is_reported_as_exited()
    {
        int looks = 0;
        _script
            .On("ListContainersAsync", _ => Task.FromResult<object?>((ContainerSummary[])[
                ++looks == 1 ? Row("db", ContainerState.Running) with { Status = "Up Less than a second" } : Row("db", ContainerState.Exited, 1),
            ]))
            .On("InspectContainerAsync id-db", _ => Task.FromResult<object?>(Details("db", ContainerState.Exited, 1, 0)));

        EngineException fault = await FailsAsync(Wait("db") with { Condition = WaitCondition.Healthy });

        Assert.Equal(EngineErrorId.ServiceExited, fault.Id);
    }

    [Fact]
    public async Task A_timeout_lists_everything_that_was_not_ready()
    {
        _script
            .On("ListContainersAsync", _ => Task.FromResult<object?>((ContainerSummary[])[
                Row("db", ContainerState.Running) with { Health = HealthStatus.Starting },
                Row("api", ContainerState.Running) with { Health = HealthStatus.Starting },
            ]))
            .On("InspectContainerAsync id-db", _ => Task.FromResult<object?>(Details("db", ContainerState.Running, 0, 0)));

        EngineException fault = await FailsAsync(Wait("db") with { Limit = TimeSpan.FromMilliseconds(1) }, Wait("api"));

        Assert.Equal(EngineErrorId.TimedOut, fault.Id);
        Assert.EndsWith("Not ready: api, db.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_probe_that_times_out_there_is_no_other_one()
    {
        _script
            .On("InspectContainerAsync db", _ => Task.FromResult<object?>(Details("db", ContainerState.Running, 0, 0) with
            {
                Healthcheck = new HealthcheckSpec { Test = ["CMD", "sleep"], Timeout = TimeSpan.FromMilliseconds(1) },
            }))
            .Hang("StartExecAsync db");
        var probes = new HealthProbing(_engine, new ProbedHealth(null));

        Assert.False(await probes.PassesAsync("db", CancellationToken.None).WaitAsync(Limit));
        Assert.False(await probes.PassesAsync("db", CancellationToken.None).WaitAsync(Limit));

        Assert.Single(_script.Calls, call => call == "StartExecAsync db");
    }

    [Fact]
    public async Task A_probe_that_the_engine_cannot_start_has_not_passed()
    {
        _script
            .On("InspectContainerAsync db", _ => Task.FromResult<object?>(Details("db", ContainerState.Running, 0, 0) with
            {
                Healthcheck = new HealthcheckSpec { Test = ["CMD", "true"] },
            }))
            .On("StartExecAsync db", _ => Task.FromException<object?>(
                new EngineException(EngineErrorId.EngineRefused, "OCI runtime exec failed: error executing setns process: exit status 1", "None.")));

        Assert.False(await new HealthProbing(_engine, new ProbedHealth(null)).PassesAsync("db", CancellationToken.None).WaitAsync(Limit));
    }

    [Fact]
    public async Task A_wait_for_a_missing_container_fails_immediately()
    {
        EngineException fault = await FailsAsync(
            new WaitOperation("db", WaitCondition.Ready, true, TimeSpan.FromMinutes(5), false) { Id = "wait", Resource = ResourceId.Container("db"), Service = "db", Cause = "requested" });

        Assert.Equal(EngineErrorId.ServiceExited, fault.Id);
    }

    private static RemoveNetworkOperation Network(params string[] removed) =>
        new("n") { Id = "remove", Resource = ResourceId.Network("n"), Cause = "requested", Removed = removed };

    private static WaitOperation Wait(string name, bool required = true) =>
        new(name, WaitCondition.Ready, required, TimeSpan.FromMinutes(5), Probe: false) { Id = "wait " + name, Resource = ResourceId.Container(name), Service = name, Cause = "requested" };

    private static ContainerSummary Row(string name, ContainerState state, int exitCode = 0) => SampleContainers.Row(name) with
    {
        Id = "id-" + name,
        State = state,
        ExitCode = exitCode,
        Status = "Up 5 minutes",
    };

    private static ContainerDetails Details(string name, ContainerState state, int exitCode, int restarts) => SampleContainers.Details(name) with
    {
        Id = "id-" + name,
        State = state,
        ExitCode = exitCode,
        RestartCount = restarts,
    };

    private static StartContainerOperation Start(string name, params string[] before) =>
        new(name, Paused: false) { Id = "start " + name, Resource = ResourceId.Container(name), Service = name, Cause = "requested", DependsOn = before };

    private Task<EngineException> FailsAsync(params Operation[] operations) =>
        Assert.ThrowsAsync<EngineException>(() => RunAsync(CancellationToken.None, operations).WaitAsync(Limit));

    private Task RunAsync(CancellationToken token, params Operation[] operations) =>
        new PlanExecutor(_engine, new NoImages()).ExecuteAsync(new StackPlan { ProjectName = "lab", Operations = operations }, _events, token);
}
