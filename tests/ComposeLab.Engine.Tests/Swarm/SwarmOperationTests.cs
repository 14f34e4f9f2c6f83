using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Execution;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Swarm;

/// <summary>Steps of a plan for a swarm that are refused.</summary>
public sealed class SwarmOperationTests
{
    [Theory]
    [InlineData(500, "network lab_default not found", true, 2)]
    [InlineData(404, "network l2f8 not found", true, 1)]
    [InlineData(400, "invalid mount config for type \"bind\"", false, 0)]
    public async Task A_network_that_was_removed_meanwhile_is_planned_again(int status, string message, bool isConflict, int waits)
    {
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script.Refuse(nameof(IEngine.CreateServiceAsync), status, message);
        int asked = 0;
        script.On(nameof(IEngine.ListNetworksAsync), _ => Task.FromResult<object?>(++asked > 1
            ? Array.Empty<NetworkSummary>()
            : new[] { new NetworkSummary { Id = "n", Name = "lab_default", Driver = "overlay", Scope = "swarm", Labels = new Dictionary<string, string>() } }));
        CreateServiceOperation create = new SimulatedSwarm().Plan(Projects.Load("services: { web: { image: x } }")).Operations.OfType<CreateServiceOperation>().Single();
        var runner = new SwarmOperationRunner(engine, new NoImages(), "lab", new(), new RecordedEvents(), TimeProvider.System);

        EngineException fault = await Assert.ThrowsAsync<EngineException>(() => runner.RunAsync(create, CancellationToken.None));

        Assert.Equal((isConflict, message), (fault.IsConflict, fault.Message));
        Assert.Equal(waits, asked);
    }
}
