using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Execution;

public sealed class InitContainerRunnerTests
{
    private const string Name = "lab-api-1.pre_start.1";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly IEngine _engine;
    private readonly ScriptedEngine _script;
    private readonly RecordedEvents _events = new();

    public InitContainerRunnerTests() => (_engine, _script) = ScriptedEngine.Make();

    [Fact]
    public async Task An_init_container_is_created_connected_started_awaited_and_removed()
    {
        Lists(ContainerState.Exited, exitCode: 0);

        await RunAsync(CancellationToken.None, Run() with { FurtherNetworks = new Dictionary<string, EndpointSpec> { ["lab_b"] = new() } });

        Assert.Equal(
            [$"CreateContainerAsync {Name}", "ConnectNetworkAsync lab_b", $"StartContainerAsync id-{Name}", "ListContainersAsync", $"RemoveContainerAsync id-{Name}", "StartContainerAsync api"],
            _script.Calls);
    }

    [Fact]
    public async Task A_failure_stops_the_start_and_leaves_nothing_behind()
    {
        Lists(ContainerState.Exited, exitCode: 3);

        EngineException fault = await FailsAsync(Run());

        Assert.Equal((EngineErrorId.CommandFailed, "api", 3), (fault.Id, fault.Service, fault.Evidence!.ExitCode));
        Assert.Contains($"RemoveContainerAsync id-{Name}", _script.Calls);
        Assert.DoesNotContain("StartContainerAsync api", _script.Calls);
    }

    [Fact]
    public async Task An_init_container_that_cannot_be_started_is_removed()
    {
        _script.Refuse($"StartContainerAsync id-{Name}", 500, "no such program");

        await FailsAsync(Run());

        Assert.Contains($"RemoveContainerAsync id-{Name}", _script.Calls);
    }

    [Fact]
    public async Task A_foreign_container_with_the_same_name_is_not_changed()
    {
        _script.Refuse($"CreateContainerAsync {Name}", 409, "name is in use");

        await FailsAsync(Run());

        Assert.DoesNotContain(_script.Calls, call => call.StartsWith("RemoveContainerAsync", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_init_container_that_times_out_is_an_error_and_is_removed()
    {
        Lists(ContainerState.Running, exitCode: null);

        EngineException fault = await FailsAsync(Run(TimeSpan.FromMilliseconds(1)));

        Assert.Equal(EngineErrorId.TimedOut, fault.Id);
        Assert.Contains($"RemoveContainerAsync id-{Name}", _script.Calls);
    }

    [Fact]
    public async Task A_cancellation_removes_the_init_container()
    {
        using var stop = new CancellationTokenSource();
        _script.On("ListContainersAsync", async _ =>
        {
            await stop.CancelAsync();
            return Rows(ContainerState.Running, null);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(stop.Token, Run()));

        Assert.Contains($"RemoveContainerAsync id-{Name}", _script.Calls);
    }

    [Fact]
    public async Task The_container_of_an_interrupted_creation_is_found_and_removed()
    {
        using var stop = new CancellationTokenSource();
        Lists(ContainerState.Created, exitCode: null);
        _script.On($"CreateContainerAsync {Name}", async token =>
        {
            await stop.CancelAsync();
            token.ThrowIfCancellationRequested();
            return null;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(stop.Token, Run()));

        Assert.Contains($"RemoveContainerAsync id-{Name}", _script.Calls);
    }

    [Fact]
    public async Task A_failure_of_an_optional_service_is_a_warning_and_the_service_is_not_started()
    {
        Lists(ContainerState.Exited, exitCode: 3);

        await RunAsync(CancellationToken.None, Run() with { Required = false }, required: false);

        Assert.Single(_events.Warnings);
        Assert.DoesNotContain("StartContainerAsync api", _script.Calls);
    }

    private static ContainerSummary[] Rows(ContainerState state, int? exitCode) =>
    [
        new ContainerSummary
        {
            Id = "id-" + Name, Name = Name, Image = "i", ImageId = "", Created = DateTimeOffset.UnixEpoch, State = state, Health = HealthStatus.None, ExitCode = exitCode, Status = "",
            Labels = new Dictionary<string, string>(), Ports = [], Networks = new Dictionary<string, ContainerNetwork>(), Mounts = [],
        },
    ];

    private static RunContainerOperation Run(TimeSpan? limit = null) => new(new ContainerSpec { Name = Name, Image = "i" }, limit ?? TimeSpan.FromMinutes(5))
    {
        Id = "pre_start",
        Resource = ResourceId.Container(Name),
        Service = "api",
        Cause = "pre_start",
        Definition = Projects.Load("services: { api: { image: i, pre_start: [{ command: [x] }] } }").Services["api"].PreStart[0],
        Path = "pre_start[0]",
        Gates = [ResourceId.Container("api")],
    };

    private void Lists(ContainerState state, int? exitCode) => _script.On("ListContainersAsync", _ => Task.FromResult<object?>(Rows(state, exitCode)));

    private async Task<EngineException> FailsAsync(RunContainerOperation run) => await Assert.ThrowsAsync<EngineException>(() => RunAsync(CancellationToken.None, run));

    private Task RunAsync(CancellationToken token, RunContainerOperation run, bool required = true)
    {
        var start = new StartContainerOperation("api", Paused: false)
        {
            Id = "start",
            Resource = ResourceId.Container("api"),
            Service = "api",
            Cause = "requested",
            DependsOn = ["pre_start"],
            Required = required,
        };
        return new PlanExecutor(_engine, new NoImages()).ExecuteAsync(new StackPlan { ProjectName = "lab", Operations = [run, start] }, _events, token).WaitAsync(Limit);
    }
}
