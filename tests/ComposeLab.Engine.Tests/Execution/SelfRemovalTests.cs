using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Execution;

/// <summary>Containers that the engine removes by itself when they exit.</summary>
public sealed class SelfRemovalTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_removal_that_is_already_in_progress_is_awaited_before_the_network_is_removed()
    {
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        int looks = 0;
        script.Refuse("RemoveContainerAsync job", 409, "removal of container job is already in progress");
        script.On("InspectContainerAsync job", _ => Task.FromResult<object?>(++looks < 3 ? Details() : null));
        var remove = new RemoveContainerOperation("job", AnonymousVolumes: false) { Id = "remove job", Resource = ResourceId.Container("job"), Cause = "requested" };
        var network = new RemoveNetworkOperation("net") { Id = "remove net", Resource = ResourceId.Network("net"), Cause = "requested", DependsOn = ["remove job"] };

        await new PlanExecutor(engine, new NoImages()).ExecuteAsync(new StackPlan { ProjectName = "lab", Operations = [remove, network] }, new RecordedEvents(), CancellationToken.None).WaitAsync(Limit);

        Assert.Equal(3, script.Calls.Count(call => call == "InspectContainerAsync job"));
        Assert.Equal("RemoveNetworkAsync net", script.Calls[^1]);
    }

    private static ContainerDetails Details() => SampleContainers.Details("job") with
    {
        State = ContainerState.Removing,
    };
}
