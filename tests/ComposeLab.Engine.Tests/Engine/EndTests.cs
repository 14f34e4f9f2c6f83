using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Engine;

[Trait("Needs", "Engine")]
[Collection(EngineCollection.Name)]
public sealed class EndTests(EngineFixture fixture)
{
    private const string Yaml = """
        services:
          api:
            image: IMAGE
            network_mode: host
            init: true
            depends_on: { db: { condition: service_healthy } }
            pre_stop: [{ command: ["sh", "-c", "date >> /log/api"] }]
            volumes: ["./log:/log"]
          db:
            image: IMAGE
            network_mode: host
            init: true
            healthcheck: { test: ["CMD", "true"], interval: 60s }
            volumes: ["data:/data"]
        volumes: { data: }
        """;

    [Fact]
    public async Task A_stop_runs_hooks_and_stops_dependents_first_and_a_start_starts_them_again()
    {
        await using var stack = new TestStack(fixture.Engine);
        await stack.StartAsync(Yaml.Replace("date", "echo stopping", StringComparison.Ordinal));
        StackPlan stop = await stack.Stacks.PlanStopAsync(stack.Name, stack.Load(Yaml.Replace("date", "echo stopping", StringComparison.Ordinal)), new StopOptions(), stack.Token);

        Assert.Equal($"stop container {stack.Name}-api-1: requested\nstop container {stack.Name}-db-1: requested\n", stop.ToString());
        await stack.Stacks.ExecuteAsync(stop, stack.Events, stack.Token);

        Assert.Equal("stopping\n", File.ReadAllText(Path.Combine(stack.Directory, "log", "api")));
        Assert.Equal(ContainerState.Exited, (await stack.InspectAsync("db")).State);
        StackPlan start = await stack.StartAsync(Yaml.Replace("date", "echo stopping", StringComparison.Ordinal));
        Assert.All(start.Operations.OfType<StartContainerOperation>(), operation => Assert.StartsWith("exited with code", operation.Cause, StringComparison.Ordinal));
        Assert.Equal(ContainerState.Running, (await stack.InspectAsync("api")).State);
    }

    [Fact]
    public async Task A_restart_stops_and_starts_everything_and_reports_each_when_it_is_ready()
    {
        await using var stack = new TestStack(fixture.Engine);
        await stack.StartAsync(Yaml);
        DateTimeOffset? before = (await stack.InspectAsync("db")).Started;
        var events = new RecordedEvents();

        StackPlan plan = await stack.Stacks.PlanRestartAsync(stack.Name, null, new RestartOptions(), stack.Token);
        await stack.Stacks.ExecuteAsync(plan, events, stack.Token);

        Assert.True((await stack.InspectAsync("db")).Started > before);
        Assert.Equal(["db", "api"], events.Ready.OrderByDescending(name => name, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_wait_reports_ready_services_and_an_empty_stack_is_an_error()
    {
        await using var stack = new TestStack(fixture.Engine);
        var none = await Assert.ThrowsAsync<EngineException>(() => stack.Stacks.PlanWaitAsync(stack.Name, null, new WaitOptions(), stack.Token));
        Assert.Equal(EngineErrorId.StackNotRunning, none.Id);
        await stack.StartAsync(Yaml, new StartOptions { NoWait = true });
        var events = new RecordedEvents();

        await stack.Stacks.ExecuteAsync(await stack.Stacks.PlanWaitAsync(stack.Name, null, new WaitOptions(), stack.Token), events, stack.Token);

        Assert.Equal(["api", "db"], events.Ready.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_removal_keeps_volumes_unless_their_removal_is_requested()
    {
        await using var stack = new TestStack(fixture.Engine);
        await stack.StartAsync(Yaml);
        string[] mine = [$"{StackLabels.Project}={stack.Name}"];

        await stack.Stacks.ExecuteAsync(
            await stack.Stacks.PlanRemoveAsync(stack.Name, null, new RemoveOptions(), stack.Token), stack.Events, stack.Token);

        Assert.Empty(await fixture.Engine.ListContainersAsync(mine, stack.Token));
        Assert.Empty(await fixture.Engine.ListNetworksAsync(mine, stack.Token));
        Assert.Single(await fixture.Engine.ListVolumesAsync(mine, stack.Token));
        await stack.Stacks.ExecuteAsync(
            await stack.Stacks.PlanRemoveAsync(stack.Name, null, new RemoveOptions { Volumes = true }, stack.Token), stack.Events, stack.Token);
        Assert.Empty(await fixture.Engine.ListVolumesAsync(mine, stack.Token));
    }

    [Fact]
    public async Task Images_are_removed_with_a_stack_only_if_requested()
    {
        await using var stack = new TestStack(fixture.Engine);
        string built = $"{stack.Name}-own";
        await fixture.Engine.TagImageAsync(EngineFixture.Image, built, stack.Token);
        const string Built = "services: { own: { build: ., init: true } }";
        await stack.StartAsync(Built);

        Task RemoveAsync(RemovedImages images) => Task.Run(async () => await stack.Stacks.ExecuteAsync(
            await stack.Stacks.PlanRemoveAsync(stack.Name, stack.Load(Built), new RemoveOptions { Images = images }, stack.Token), stack.Events, stack.Token));

        await RemoveAsync(RemovedImages.None);
        bool kept = await fixture.Engine.InspectImageAsync(built, stack.Token) is not null;
        await RemoveAsync(RemovedImages.Local);
        bool gone = await fixture.Engine.InspectImageAsync(built, stack.Token) is null;
        await (gone ? Task.CompletedTask : fixture.Engine.RemoveImageAsync(built, force: true, stack.Token));

        Assert.True(kept);
        Assert.True(gone);
        Assert.NotNull(await fixture.Engine.InspectImageAsync(EngineFixture.Image, stack.Token));
    }

    [Fact]
    public async Task A_dependent_with_restart_true_is_restarted_when_its_dependency_is_recreated()
    {
        const string Chain = """
            services:
              api: { image: IMAGE, network_mode: host, init: true, depends_on: { db: { condition: service_started, restart: true } } }
              db: { image: IMAGE, network_mode: host, init: true, environment: { MODE: one } }
            """;
        await using var stack = new TestStack(fixture.Engine);
        await stack.StartAsync(Chain);
        ContainerDetails before = await stack.InspectAsync("api");

        await stack.StartAsync(Chain.Replace("one", "two", StringComparison.Ordinal));

        ContainerDetails after = await stack.InspectAsync("api");
        Assert.Equal(before.Id, after.Id);
        Assert.True(after.Started > before.Started);
    }

    [Fact]
    public async Task A_changed_network_is_recreated_and_its_containers_are_connected()
    {
        const string Labeled = "services: { api: { image: IMAGE, init: true } }\nnetworks: { default: { labels: { edition: one } } }";
        await using var stack = new TestStack(fixture.Engine);
        await stack.StartAsync(Labeled);

        await stack.StartAsync(Labeled.Replace("one", "two", StringComparison.Ordinal));

        NetworkSummary network = Assert.Single(await fixture.Engine.ListNetworksAsync([$"{StackLabels.Project}={stack.Name}"], stack.Token));
        Assert.Equal("two", network.Labels["edition"]);
        Assert.Equal(network.Id, (await stack.InspectAsync("api")).Networks[network.Name].NetworkId);
    }
}
