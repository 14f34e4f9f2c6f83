using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Logs;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Execution;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Swarm;

/// <summary>Stacks of a swarm beside those of the engine: which one is meant, what is read, and where tasks are.</summary>
public class SwarmStackTests
{
    private static readonly PlanRequest[] Changes =
    [
        new StopRequest("lab", null, new StopOptions()),
        new RestartRequest("lab", null, new RestartOptions()),
        new RemoveRequest("lab", null, new RemoveOptions()),
        new SignalRequest("lab", null, new SignalOptions { Action = ContainerSignal.Pause }),
    ];

    [Fact]
    public Task A_change_of_one_of_two_stacks_with_the_same_name_is_an_error() => Assert.AllAsync(Changes, async request =>
    {
        var stacks = new StackEngine(Both(), new NoImages());
        Assert.Equal(EngineErrorId.StackAmbiguous, (await Assert.ThrowsAsync<EngineException>(() => stacks.PreviewAsync(request, CancellationToken.None))).Id);
    });

    [Theory]
    [InlineData(Orchestrator.Compose, OperationKind.RemoveContainer)]
    [InlineData(Orchestrator.Swarm, OperationKind.RemoveService)]
    public async Task A_named_orchestrator_decides_which_stack_is_removed(Orchestrator orchestrator, OperationKind kind)
    {
        StackPlan plan = await new StackEngine(Both(), new NoImages()).PreviewAsync(Changes[2] with { Orchestrator = orchestrator }, CancellationToken.None);
        Assert.Contains(plan.Operations, operation => operation.Kind == kind);
        Assert.DoesNotContain(plan.Operations, operation => operation.Kind == (orchestrator == Orchestrator.Compose ? OperationKind.RemoveService : OperationKind.RemoveContainer));
    }

    [Fact]
    public async Task What_a_swarm_cannot_do_to_its_stack_is_an_error()
    {
        PlanRequest[] requests = [Changes[0], Changes[3], new RemoveRequest("lab", null, new RemoveOptions { Services = ["web"] })];
        await Assert.AllAsync(requests, async request => Assert.Equal(
            EngineErrorId.UnsupportedByEngine,
            (await Assert.ThrowsAsync<EngineException>(() => new StackEngine(Scripted(containers: false), new NoImages()).PreviewAsync(request, CancellationToken.None))).Id));
    }

    [Fact]
    public async Task A_deployment_without_a_change_makes_at_most_six_reads_and_no_write()
    {
        ComposeProject project = Projects.Load("services: { web: { image: 'web:1', deploy: { replicas: 3 } }, db: { image: 'db:1' } }");
        SimulatedSwarm swarm = new SimulatedSwarm().Deploy(project);
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script.On("ListServicesAsync", _ => Task.FromResult<object?>(swarm.State.Services))
            .On("ListNetworksAsync", _ => Task.FromResult<object?>(swarm.State.Networks))
            .On("ListConfigsAsync", _ => Task.FromResult<object?>(swarm.State.Configs))
            .On("ListSecretsAsync", _ => Task.FromResult<object?>(swarm.State.Secrets))
            .On("ListNodesAsync", _ => Task.FromResult<object?>(swarm.State.Nodes));
        var stacks = new StackEngine(engine, new NoImages());
        StackPlan plan = await stacks.PlanAsync(new DeployRequest(project, new DeployOptions()), CancellationToken.None);
        await stacks.ExecuteAsync(plan, new RecordedEvents(), CancellationToken.None);
        Assert.True(plan.IsEmpty);
        Assert.InRange(script.Calls.Count, 1, 6);
        Assert.All(script.Calls, call => Assert.StartsWith("List", call, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tasks_of_all_nodes_are_listed_with_their_nodes_and_their_logs_are_read_through_the_swarm()
    {
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        SwarmTask[] tasks = [TaskOf("t1", 1, "node1", "running", "c1"), TaskOf("t2", 2, "node2", "failed", "c2"), TaskOf("t3", 3, "", "pending", null)];
        script.On("ListServicesAsync", _ => Task.FromResult<object?>(new[] { Service }))
            .On("ListTasksAsync", _ => Task.FromResult<object?>(tasks))
            .On("ListNodesAsync", _ => Task.FromResult<object?>(new[] { SimulatedSwarm.Node("node1"), SimulatedSwarm.Node("node2") }))
            .Log(id => Lines(id));
        IReadOnlyList<ObservedContainer> found = await new StackObserver(engine).TaskContainersAsync("lab", CancellationToken.None);
        Assert.Equal(
            [("web", 1, "node1", "c1", "lab_web.1.t1", true), ("web", 2, "node2", "c2", "lab_web.2.t2", false)],
            found.Select(task => (task.Service, task.Number, task.Node!.Name, task.Id, task.Name, task.IsRunning)));

        List<ServiceLogLine> lines = [];
        await foreach (ServiceLogLine line in new MergedLog(engine).ReadAsync(found, new LogQuery(), CancellationToken.None))
        {
            lines.Add(line);
        }

        Assert.Equal([("t1", "node1"), ("t2", "node2")], lines.Select(line => (line.Line.Text, line.Container.Node!.Name)));
    }

    [Fact]
    public async Task An_engine_that_is_not_a_manager_lists_its_own_tasks()
    {
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        ContainerSummary container = Container("lab_web.2.t2") with
        {
            Labels = new Dictionary<string, string> { ["com.docker.stack.namespace"] = "lab", ["com.docker.swarm.service.name"] = "lab_web", ["com.docker.swarm.task.name"] = "lab_web.2.t2", ["com.docker.swarm.task.id"] = "t2" },
        };
        script.On("ListServicesAsync", _ => Task.FromException<object?>(new EngineException(EngineErrorId.SwarmManagerRequired, "no", "no")))
            .On("ListContainersAsync", _ => Task.FromResult<object?>(new[] { container }));
        ObservedContainer task = Assert.Single(await new StackObserver(engine).TaskContainersAsync("lab", CancellationToken.None));
        Assert.Equal(("lab", "web", 2, "t2", null), (task.Project, task.Service, task.Number, task.TaskId, task.Node));
    }

    [Fact]
    public void A_compose_stack_with_the_same_name_is_a_warning()
    {
        ObservedSwarm state = new SimulatedSwarm().State with { HasComposeStack = true };
        Assert.Single(new DeployPlanner(Projects.Load("services: { web: { image: 'web:1' } }"), state, new DeployOptions()).Make().Warnings);
    }

    private static IEngine Both() => Scripted(containers: true);

    private static IEngine Scripted(bool containers)
    {
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script.On("ListServicesAsync", _ => Task.FromResult<object?>(new[] { Service }))
            .On("ListContainersAsync", _ => Task.FromResult<object?>(containers ? new[] { Container("lab-web-1") } : []));
        foreach ((string call, object answer) in new (string, object)[]
        {
            ("ListNetworksAsync", Array.Empty<NetworkSummary>()), ("ListVolumesAsync", Array.Empty<VolumeSummary>()), ("ListImagesAsync", Array.Empty<ImageSummary>()),
            ("ListConfigsAsync", Array.Empty<SwarmFile>()), ("ListSecretsAsync", Array.Empty<SwarmFile>()), ("ListNodesAsync", Array.Empty<SwarmNode>()),
        })
        {
            script.On(call, _ => Task.FromResult<object?>(answer));
        }

        return engine;
    }

    private static SwarmService Service { get; } = new()
    {
        Id = "s1",
        Spec = new SwarmServiceSpec
        {
            Name = "lab_web",
            Labels = new Dictionary<string, string> { [SwarmLabels.Namespace] = "lab" },
            TaskTemplate = new SwarmTaskSpec(),
            Mode = new SwarmMode { Replicated = new SwarmReplicated(2) },
        },
    };

    private static SwarmTask TaskOf(string id, int slot, string node, string state, string? container) => new()
    {
        Id = id,
        ServiceId = "s1",
        Slot = slot,
        NodeId = node.Length == 0 ? "" : "id-" + node,
        Spec = new SwarmTaskSpec(),
        Status = new SwarmTaskStatus { State = state, ContainerStatus = container is null ? null : new SwarmContainerStatus(container, 0) },
    };

    private static ContainerSummary Container(string name) => SampleContainers.Row(name) with
    {
        Id = "id-" + name,
        Image = "web:1",
        ImageId = "sha256:1",
        Status = "Up",
        Labels = new Dictionary<string, string> { [StackLabels.Project] = "lab", [StackLabels.Service] = "web", [StackLabels.Number] = "1", [StackLabels.ConfigHash] = "x" },
    };

    private static async IAsyncEnumerable<LogLine> Lines(string text)
    {
        await Task.CompletedTask;
        yield return new LogLine(DateTimeOffset.UnixEpoch, false, text);
    }
}
