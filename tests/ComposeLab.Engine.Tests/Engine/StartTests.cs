using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Engine;

[Trait("Needs", "Engine")]
[Collection(EngineCollection.Name)]
public sealed class StartTests(EngineFixture fixture)
{
    private const string Chain = """
        services:
          api:
            image: IMAGE
            network_mode: host
            init: true
            environment: { LOG_LEVEL: info }
            depends_on: { db: { condition: service_healthy }, migrate: { condition: service_completed_successfully } }
          migrate: { image: IMAGE, network_mode: host, command: ["true"] }
          db:
            image: IMAGE
            network_mode: host
            init: true
            healthcheck: { test: ["CMD", "test", "-e", "/bin/sh"], interval: 30s }
        """;

    [Fact]
    public async Task A_start_waits_for_health_and_completion_and_a_second_one_finds_nothing_to_do()
    {
        await using var stack = new TestStack(fixture.Engine);

        await stack.StartAsync(Chain);

        Assert.Equal(["api", "db", "migrate"], stack.Events.Ready.Order());
        Assert.Equal(ContainerState.Running, (await stack.InspectAsync("api")).State);
        StackPlan second = await stack.StartAsync(Chain);
        Assert.True(second.IsEmpty, second.ToString());
    }

    [Fact]
    public async Task An_early_probe_detects_health_long_before_the_engine()
    {
        await using var stack = new TestStack(fixture.Engine);

        await stack.StartAsync(Chain);

        Assert.True(stack.Events.All.Single(entry => entry.Ready is not null && entry.Service == "db").SeenByProbe);
        Assert.Equal(HealthStatus.Starting, (await stack.InspectAsync("db")).Health);
    }

    [Fact]
    public async Task Without_probes_only_the_health_checks_of_the_engine_count()
    {
        await using var stack = new TestStack(fixture.Engine);

        await stack.StartAsync(Chain.Replace("30s", "200ms", StringComparison.Ordinal), new StartOptions { NoProbe = true });

        Assert.DoesNotContain(stack.Events.All, entry => entry.SeenByProbe);
        Assert.Equal(HealthStatus.Healthy, (await stack.InspectAsync("db")).Health);
    }

    [Fact]
    public async Task A_changed_environment_recreates_only_that_service()
    {
        await using var stack = new TestStack(fixture.Engine);
        await stack.StartAsync(Chain);
        string db = (await stack.InspectAsync("db")).Id;
        string api = (await stack.InspectAsync("api")).Id;

        StackPlan plan = await stack.StartAsync(Chain.Replace("info", "debug", StringComparison.Ordinal));

        Assert.Contains("environment.LOG_LEVEL: info -> debug", plan.ToString(), StringComparison.Ordinal);
        Assert.Equal(db, (await stack.InspectAsync("db")).Id);
        ContainerDetails changed = await stack.InspectAsync("api");
        Assert.NotEqual(api, changed.Id);
        Assert.Contains("LOG_LEVEL=debug", changed.Environment);
    }
}
