using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Engine;

/// <summary>What only Docker 28 and later have. <c>./lab test --engine 28</c> runs it there.</summary>
[Trait("Needs", "Engine")]
[Collection(EngineCollection.Name)]
public sealed class NewestEngineTests(EngineFixture fixture)
{
    private const string Yaml = """
        services:
          a:
            image: IMAGE
            command: [sh, -c, "ls /mounted; ip addr; sleep 600"]
            init: true
            stop_grace_period: 0s
            volumes: [ { type: image, source: IMAGE, target: /mounted, image: { subpath: bin } } ]
            networks: { one: { gw_priority: 5, interface_name: lan0, mac_address: "02:42:ac:11:00:33" }, two: {} }
            healthcheck: { test: ["CMD", "true"], interval: 60s, start_period: 30s, start_interval: 100ms }
        networks: { one: {}, two: {} }
        """;

    private static readonly Version First = new(1, 48);

    [Fact]
    public async Task Image_mounts_interface_names_and_gateway_priorities_are_used_or_refused_before_the_start()
    {
        await using var stack = new TestStack(fixture.Engine);
        if (fixture.Engine.Info.ApiVersion < First)
        {
            StackPlan plan = await stack.Stacks.PreviewAsync(new StartRequest(stack.Load(Yaml), new StartOptions()), stack.Token);

            Assert.Contains(plan.Findings, finding => finding.Id == EngineErrorId.UnsupportedByEngine);
            return;
        }

        await stack.StartAsync(Yaml, new StartOptions { NoProbe = true });

        // Healthy long before the interval: the engine itself checks at start_interval.
        Assert.Equal(HealthStatus.Healthy, (await stack.InspectAsync("a")).Health);
        Assert.Contains("busybox", await stack.RunAsync("a", "ls /mounted"), StringComparison.Ordinal);
        string addresses = await stack.RunAsync("a", "ip addr show lan0");
        Assert.Contains("02:42:ac:11:00:33", addresses, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("dev lan0", await stack.RunAsync("a", "ip route show default"), StringComparison.Ordinal);
        Assert.True((await stack.StartAsync(Yaml)).IsEmpty);
    }
}
