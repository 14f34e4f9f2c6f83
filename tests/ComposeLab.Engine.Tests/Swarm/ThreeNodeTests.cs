using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Logs;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Swarm;

/// <summary>Deployments to a real swarm of three nodes while something goes wrong. In each case, the next deployment converges, and no task is replaced that need not be.</summary>
/// <param name="swarm">The swarm.</param>
[Trait("Needs", "Swarm")]
public sealed class ThreeNodeTests(ThreeNodes swarm) : IClassFixture<ThreeNodes>, IAsyncDisposable
{
    private const string Yaml = """
        services:
          web:
            image: IMAGE
            command: [sh, -c, "echo hello; trap 'exit 0' TERM; sleep 600 & wait"]
            environment: { LEVEL: "1" }
            deploy: { replicas: 3, endpoint_mode: dnsrr, update_config: { parallelism: 1, monitor: 1s, order: start-first }, rollback_config: { parallelism: 0, monitor: 1s } }
            depends_on: [db]
          db:
            image: IMAGE
            command: [sh, -c, "trap 'exit 0' TERM; sleep 600 & wait"]
            deploy: { endpoint_mode: dnsrr, placement: { constraints: [node.hostname == node1] }, update_config: { monitor: 1s } }
        """;

    public async ValueTask DisposeAsync()
    {
        await swarm.RestoreAsync();
        foreach (SwarmNode node in (await swarm.Manager.ListNodesAsync(CancellationToken.None)).Where(node => node.Spec.Availability != "active"))
        {
            await SetAsync(node.Id, "active");
        }
    }

    [Fact]
    public async Task A_node_that_dies_during_a_rollout_is_replaced_by_the_others()
    {
        SwarmTask[] before = await swarm.ConvergeAsync(Project("killed"));
        SwarmTask database = before.Single(task => before.Count(other => other.ServiceId == task.ServiceId) == 1);
        Task<RecordedEvents> deploying = swarm.DeployAsync(Project("killed", level: 2));
        await ThreeNodes.UntilAsync(async () => (await swarm.Manager.ListServicesAsync([SwarmLabels.Of("killed")], CancellationToken.None)).Any(service => service.UpdateStatus?.State == "updating"));
        await swarm.KillAsync(3);
        await EndedAsync(deploying);
        SwarmTask[] after = await swarm.ConvergeAsync(Project("killed", level: 2));
        string dead = (await swarm.Manager.ListNodesAsync(CancellationToken.None)).Single(node => node.Name == "node3").Id;
        Assert.Equal(3, after.Count(task => task.ServiceId != database.ServiceId && task.NodeId != dead));
        Assert.Contains(after, task => task.Id == database.Id);

        // The log of the tasks of the dead node cannot be read; those of the others are.
        List<string> unreadable = [];
        string[] nodes = [.. (await LogAsync("killed", unreadable)).Select(line => line.Container.Node!.Name)];
        Assert.Contains("node2", nodes);
    }

    [Fact]
    public async Task A_manager_that_is_away_during_a_rollout_loses_no_task_of_other_nodes()
    {
        await swarm.ConvergeAsync(Project("away"));
        Task<RecordedEvents> deploying = swarm.DeployAsync(Project("away", level: 2));
        await ThreeNodes.UntilAsync(async () => (await swarm.Manager.ListServicesAsync([SwarmLabels.Of("away")], CancellationToken.None)).Any(service => service.UpdateStatus?.State == "updating"));
        await swarm.KillAsync(1);
        await swarm.StartAsync(1);
        await EndedAsync(deploying);
        await swarm.ReadyAsync();
        SwarmTask[] after = await swarm.ConvergeAsync(Project("away", level: 2));
        Assert.Equal(4, after.Length);
        Assert.Equal(after.Select(task => task.Id).Order(), (await swarm.ConvergeAsync(Project("away", level: 2))).Select(task => task.Id).Order());
    }

    [Fact]
    public async Task A_node_that_is_drained_during_a_deployment_ends_empty()
    {
        SwarmNode node = (await swarm.Manager.ListNodesAsync(CancellationToken.None)).Single(known => known.Name == "node2");
        await swarm.ConvergeAsync(Project("drain"));
        Task<RecordedEvents> deploying = swarm.DeployAsync(Project("drain", level: 2));
        await SetAsync(node.Id, "drain");
        await EndedAsync(deploying);
        SwarmTask[] after = await swarm.ConvergeAsync(Project("drain", level: 2));
        Assert.Equal(4, after.Length);
        Assert.DoesNotContain(after, task => task.NodeId == node.Id);
    }

    [Theory]
    [InlineData("image: composelab-tests/nowhere:1", "No such image")]
    [InlineData("volumes: ['/composelab-nowhere:/d']", "bind source path does not exist")]
    [InlineData("entrypoint: [/nowhere]", "no such file or directory")]
    public async Task A_service_whose_tasks_cannot_be_started_fails_soon(string attribute, string reason)
    {
        string yaml = "services:\n  bad: { image: IMAGE, " + attribute + ", deploy: { endpoint_mode: dnsrr, restart_policy: { delay: 500ms } } }\n";
        yaml = attribute.StartsWith("image", StringComparison.Ordinal) ? yaml.Replace("image: IMAGE, ", "", StringComparison.Ordinal) : yaml;
        EngineException fault = await Assert.ThrowsAsync<EngineException>(() => swarm.DeployAsync(Load($"bad-{attribute.Split(':')[0]}", yaml)));
        Assert.Equal((EngineErrorId.RolloutFailed, "bad"), (fault.Id, fault.Service));
        Assert.Contains(reason, fault.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_update_whose_tasks_never_become_healthy_fails_and_keeps_the_others()
    {
        string[] before = [.. (await swarm.ConvergeAsync(Project("sick"))).Select(task => task.Id)];
        string sick = Yaml.Replace("depends_on", "healthcheck: { test: 'false', interval: 500ms, retries: 1 }\n    depends_on", StringComparison.Ordinal);
        EngineException fault = await Assert.ThrowsAsync<EngineException>(() => swarm.DeployAsync(Load("sick", sick)));
        Assert.Equal((EngineErrorId.RolloutFailed, "web"), (fault.Id, fault.Service));
        Assert.Contains("healthcheck failed", fault.Message, StringComparison.Ordinal);

        // The update stopped at its first task: the others still run.
        Assert.InRange(before.Intersect((await swarm.Manager.ListTasksAsync([SwarmLabels.Of("sick")], upToDate: false, CancellationToken.None)).Where(task => task.Status.State == "running").Select(task => task.Id)).Count(), 3, 4);
        Assert.Equal(4, (await swarm.ConvergeAsync(Project("sick"))).Length);
    }

    [Fact]
    public async Task A_service_that_somebody_else_changed_meanwhile_is_planned_again()
    {
        await swarm.ConvergeAsync(Project("twice"));
        StackPlan plan = await swarm.Stacks.PlanAsync(ThreeNodes.Request(Project("twice", level: 3)), CancellationToken.None);
        SwarmService web = (await swarm.Manager.ListServicesAsync([SwarmLabels.Of("twice")], CancellationToken.None)).Single(service => service.Spec.Name == "twice_web");
        await swarm.Manager.UpdateServiceAsync(web.Id, web.Version.Index, web.Spec with { UpdateConfig = web.Spec.UpdateConfig! with { Parallelism = 2 } }, null, CancellationToken.None);
        await swarm.Stacks.ExecuteAsync(plan, new RecordedEvents(), CancellationToken.None);
        Assert.Equal(4, (await swarm.ConvergeAsync(Project("twice", level: 3))).Length);
    }

    [Theory]
    [InlineData("network", "creat")]
    [InlineData("service", "creat")]
    [InlineData("service", "tasks")]
    public async Task A_first_deployment_that_is_canceled_is_completed_by_the_next_one(string kind, string status)
    {
        string stack = $"first-{kind}-{status}";
        using var stop = new CancellationTokenSource();
        var watch = new WatchedEvents(
            happened => happened.Resource.Kind.ToString().Equals(kind, StringComparison.OrdinalIgnoreCase) && happened.Status.Contains(status, StringComparison.OrdinalIgnoreCase), stop.Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => swarm.DeployAsync(Project(stack), watch, stop.Token));
        Assert.Equal(4, (await swarm.ConvergeAsync(Project(stack))).Length);
    }

    [Theory]
    [InlineData("updat")]
    [InlineData("tasks")]
    public async Task An_update_that_is_canceled_is_completed_by_the_next_one_without_replacing_a_task_again(string status)
    {
        string stack = $"update-{status}";
        await swarm.ConvergeAsync(Project(stack));
        using var stop = new CancellationTokenSource();
        var watch = new WatchedEvents(happened => happened.Resource.Name == $"{stack}_web" && happened.Status.Contains(status, StringComparison.OrdinalIgnoreCase), stop.Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => swarm.DeployAsync(Project(stack, level: 2), watch, stop.Token));
        SwarmTask[] after = await swarm.ConvergeAsync(Project(stack, level: 2));
        Assert.Equal(4, after.Length);
        Assert.Equal(1, (await swarm.Manager.ListTasksAsync([SwarmLabels.Of(stack)], upToDate: false, CancellationToken.None)).Where(task => task.Spec.ContainerSpec!.Env?.Contains("LEVEL=2") == true).GroupBy(task => task.Slot).Max(slot => slot.Count()));
    }

    [Fact]
    public async Task Logs_of_all_nodes_are_read_with_their_nodes()
    {
        await swarm.ConvergeAsync(Project("logs"));
        List<string> unreadable = [];
        ServiceLogLine[] lines = await LogAsync("logs", unreadable);
        Assert.Empty(unreadable);
        Assert.Equal((3, "hello"), (lines.Length, lines.Select(line => line.Line.Text).Distinct().Single()));
        Assert.True(lines.Select(line => line.Container.Node!.Name).Distinct().Count() > 1);
    }

    private async Task<ServiceLogLine[]> LogAsync(string stack, List<string> unreadable)
    {
        List<ServiceLogLine> lines = [];
        IReadOnlyList<ObservedContainer> tasks = await swarm.Stacks.ListTaskContainersAsync(stack, CancellationToken.None);
        await foreach (ServiceLogLine line in new MergedLog(swarm.Manager, (task, _) => unreadable.Add(task.Name)).ReadAsync(tasks, new LogQuery(), CancellationToken.None))
        {
            lines.Add(line);
        }

        return [.. lines];
    }

    // A deployment that is disturbed may converge, or say what it did not reach.
    private static async Task EndedAsync(Task<RecordedEvents> deploying)
    {
        try
        {
            await deploying;
        }
        catch (EngineException fault) when (fault.Id is EngineErrorId.RolloutFailed or EngineErrorId.TimedOut or EngineErrorId.EngineUnreachable or EngineErrorId.SwarmManagerRequired or EngineErrorId.EngineRefused)
        {
            Assert.NotEmpty(fault.Message);
        }
    }

    private async Task SetAsync(string node, string availability)
    {
        SwarmNode known = (await swarm.Manager.ListNodesAsync(CancellationToken.None)).Single(one => one.Id == node);
        await swarm.Manager.UpdateNodeAsync(node, known.Version.Index, known.Spec with { Availability = availability }, CancellationToken.None);
    }

    private static ComposeProject Project(string name, int level = 1) => Load(name, Yaml.Replace("LEVEL: \"1\"", $"LEVEL: \"{level}\"", StringComparison.Ordinal));

    private static ComposeProject Load(string name, string yaml) => Projects.Load(yaml.Replace("IMAGE", EngineFixture.Image, StringComparison.Ordinal), null, name);
}
