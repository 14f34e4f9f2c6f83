using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Execution;

/// <summary>Engines answer a stop before their list of containers shows it.</summary>
public sealed class ContainerListWaitTests
{
    private readonly IEngine _engine;
    private readonly ScriptedEngine _script;

    public ContainerListWaitTests() => (_engine, _script) = ScriptedEngine.Make();

    [Theory]
    [InlineData("stop")]
    [InlineData("pause")]
    [InlineData("signal")]
    public async Task A_plan_is_done_when_the_list_of_containers_shows_the_change(string change)
    {
        ContainerState after = change == "pause" ? ContainerState.Paused : ContainerState.Exited;
        int lists = 0;
        Lists(() => ++lists < 3 ? ContainerState.Running : after, after);

        await RunAsync(change switch
        {
            "stop" => new StopContainerOperation("id-web", null) { Id = "stop", Resource = ResourceId.Container("web"), Cause = "requested" },
            "pause" => new PauseContainerOperation("id-web") { Id = "pause", Resource = ResourceId.Container("web"), Cause = "requested" },
            _ => Signal("SIGKILL"),
        });

        Assert.Equal(3, lists);
    }

    [Fact]
    public async Task A_container_that_ignores_a_signal_does_not_delay_the_plan()
    {
        Lists(() => ContainerState.Running, ContainerState.Running);

        await RunAsync(Signal("SIGHUP"));

        Assert.Single(_script.Calls, "ListContainersAsync");
    }

    [Fact]
    public async Task A_list_that_stays_wrong_does_not_keep_a_plan_from_ending()
    {
        Lists(() => ContainerState.Running, ContainerState.Exited);

        await new ContainerListWait(_engine, new InstantTime()).RunAsync(Plan(Signal("SIGKILL")), CancellationToken.None);
    }

    private static SignalContainerOperation Signal(string name) => new("id-web", name) { Id = "signal", Resource = ResourceId.Container("web"), Cause = "requested" };

    private static StackPlan Plan(Operation operation) => new() { ProjectName = "lab", Operations = [operation] };

    private void Lists(Func<ContainerState> listed, ContainerState own) =>
        _script.On("ListContainersAsync", _ => Task.FromResult<object?>(new[] { Row(listed()) })).On("ReadRunStateAsync", _ => Task.FromResult<object?>(new ContainerRunState(own, null, 0)));

    private Task RunAsync(Operation operation) => new PlanExecutor(_engine, new NoImages()).ExecuteAsync(Plan(operation), new RecordedEvents(), CancellationToken.None);

    private static ContainerSummary Row(ContainerState state) => SampleContainers.Row("web") with
    {
        Id = "id-web",
        State = state,
    };
}
