using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Engine;

[Trait("Needs", "Engine")]
[Collection(EngineCollection.Name)]
public sealed class NetworkChangeTests(EngineFixture fixture)
{
    private const string Pair = """
        services:
          api: { image: IMAGE, init: true, depends_on: [db], networks: { back: } }
          db: { image: IMAGE, init: true, networks: { back: { aliases: [data], ipv4_address: 10.231.77.9 } } }
        networks: { back: { labels: { a: one }, ipam: { config: [{ subnet: 10.231.77.0/24 }] } } }
        """;

    [Fact]
    public async Task A_changed_network_keeps_its_containers_with_their_data_names_and_addresses()
    {
        await using var stack = new TestStack(fixture.Engine);
        await stack.StartAsync(Pair);
        string[] ids = [(await stack.InspectAsync("api")).Id, (await stack.InspectAsync("db")).Id];
        await stack.RunAsync("db", "echo kept > /written");

        StackPlan plan = await stack.StartAsync(Pair.Replace("{ a: one }", "{ a: two }", StringComparison.Ordinal));

        Assert.Contains($"reconnect container {stack.Name}-db-1: network {stack.Name}_back is recreated", plan.ToString(), StringComparison.Ordinal);
        Assert.Equal(ids, new[] { (await stack.InspectAsync("api")).Id, (await stack.InspectAsync("db")).Id });
        Assert.Equal("kept", await stack.RunAsync("db", "cat /written"));
        Assert.Contains("10.231.77.9", await stack.RunAsync("api", "nslookup data"), StringComparison.Ordinal);
        Assert.Contains("10.231.77.9", await stack.RunAsync("api", "nslookup db"), StringComparison.Ordinal);
    }
}
