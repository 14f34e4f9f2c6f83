using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Execution;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Docker;

/// <summary>Containers that the engine cannot remove at once.</summary>
public sealed class ContainerRemovalTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(409, "removal of container job is already in progress")]
    [InlineData(500, "driver \"overlay2\" failed to remove root filesystem: device or resource busy")]
    public async Task A_removal_that_the_engine_refuses_for_a_moment_is_retried(int status, string refusal)
    {
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        int attempts = 0;
        script.On("RemoveContainerAsync job", _ => ++attempts < 3 ? Refused(status, refusal) : Task.FromResult<object?>(null));

        await new ContainerRemoval(engine, new InstantTime()).RunAsync("job", anonymousVolumes: true, CancellationToken.None).WaitAsync(Limit);

        Assert.Equal(3, script.Calls.Count);
    }

    [Fact]
    public async Task A_removal_that_the_engine_refuses_again_and_again_fails_with_its_reason()
    {
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script.Refuse("RemoveContainerAsync job", 500, "device or resource busy");

        EngineException fault = await Assert.ThrowsAsync<EngineException>(
            () => new ContainerRemoval(engine, new InstantTime()).RunAsync("job", anonymousVolumes: true, CancellationToken.None).WaitAsync(Limit));

        Assert.Equal("device or resource busy", fault.Message);
    }

    [Fact]
    public async Task A_container_that_the_engine_removes_by_itself_is_gone_before_the_network_is_removed()
    {
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        int attempts = 0;
        script.On("RemoveContainerAsync job", _ => ++attempts < 3 ? Refused(409, "removal of container job is already in progress") : Refused(404, "No such container: job"));
        var remove = new RemoveContainerOperation("job", AnonymousVolumes: false) { Id = "remove job", Resource = ResourceId.Container("job"), Cause = "requested" };
        var network = new RemoveNetworkOperation("net") { Id = "remove net", Resource = ResourceId.Network("net"), Cause = "requested", DependsOn = ["remove job"] };

        await new PlanExecutor(engine, new NoImages()).ExecuteAsync(new StackPlan { ProjectName = "lab", Operations = [remove, network] }, new RecordedEvents(), CancellationToken.None).WaitAsync(Limit);

        Assert.Equal(["RemoveContainerAsync job", "RemoveContainerAsync job", "RemoveContainerAsync job", "RemoveNetworkAsync net"], script.Calls);
    }

    private static Task<object?> Refused(int status, string message) =>
        Task.FromException<object?>(new EngineException(EngineErrorId.EngineRefused, message, "None.") { StatusCode = status });
}
