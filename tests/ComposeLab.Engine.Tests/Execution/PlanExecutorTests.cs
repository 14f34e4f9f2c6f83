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
    public async Task A_refused_call_ends_the_plan_with_the_name_of_what_was_refused()
    {
        _script.Refuse("StartContainerAsync db", 500, "port is already allocated");

        EngineException fault = await FailsAsync(Start("db"), Start("web", "start db"));

        Assert.Equal((EngineErrorId.PortAlreadyAllocated, "db"), (fault.Id, fault.Service));
        Assert.DoesNotContain("StartContainerAsync web", _script.Calls);
        Assert.Contains(_events.All, entry => entry.Resource == ResourceId.Container("db") && entry.Phase == EventPhase.Failed);
    }

    [Fact]
    public async Task A_refused_call_cancels_one_that_hangs()
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
    public async Task A_call_that_hangs_is_left_when_the_token_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        _script.Hang("StartContainerAsync db");
        Task running = RunAsync(stop.Token, Start("db"));
        Assert.False(running.IsCompleted);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Limit));
    }

    [Fact]
    public async Task A_late_answer_holds_back_only_what_depends_on_it()
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
    public async Task A_removal_of_what_is_already_gone_succeeds()
    {
        _script.Refuse("RemoveNetworkAsync n", 404, "not found");

        await RunAsync(CancellationToken.None, new RemoveNetworkOperation("n") { Id = "remove", Resource = ResourceId.Network("n"), Cause = "requested" });

        Assert.Contains(_events.All, entry => entry.Phase == EventPhase.Done);
    }

    [Fact]
    public async Task A_network_that_is_still_in_use_is_kept_with_a_warning()
    {
        _script.Refuse("RemoveNetworkAsync n", 403, "has active endpoints");

        await RunAsync(CancellationToken.None, new RemoveNetworkOperation("n") { Id = "remove", Resource = ResourceId.Network("n"), Cause = "requested" });

        Assert.Single(_events.Warnings);
    }

    [Fact]
    public async Task A_wait_for_a_container_that_nobody_lists_fails_at_once()
    {
        EngineException fault = await FailsAsync(
            new WaitOperation("db", WaitCondition.Ready, true, TimeSpan.FromMinutes(5), false) { Id = "wait", Resource = ResourceId.Container("db"), Service = "db", Cause = "requested" });

        Assert.Equal(EngineErrorId.ServiceExited, fault.Id);
    }

    private static StartContainerOperation Start(string name, params string[] before) =>
        new(name, Paused: false) { Id = "start " + name, Resource = ResourceId.Container(name), Service = name, Cause = "requested", DependsOn = before };

    private Task<EngineException> FailsAsync(params Operation[] operations) =>
        Assert.ThrowsAsync<EngineException>(() => RunAsync(CancellationToken.None, operations).WaitAsync(Limit));

    private Task RunAsync(CancellationToken token, params Operation[] operations) =>
        new PlanExecutor(_engine, new NoImages()).ExecuteAsync(new StackPlan { ProjectName = "lab", Operations = operations }, _events, token);
}
