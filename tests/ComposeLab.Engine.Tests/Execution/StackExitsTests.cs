using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Execution;

public sealed class StackExitsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly IEngine _engine;
    private readonly ScriptedEngine _script;
    private readonly Queue<ContainerSummary[]> _lists = [];

    public StackExitsTests()
    {
        (_engine, _script) = ScriptedEngine.Make();
        _script.On("ListContainersAsync", _ => Task.FromResult<object?>(_lists.Count > 1 ? _lists.Dequeue() : _lists.Peek()));
    }

    [Fact]
    public async Task Each_container_is_reported_once_when_it_has_exited()
    {
        _lists.Enqueue([Row("a", ContainerState.Exited, 0), Row("b", ContainerState.Running)]);
        _lists.Enqueue([Row("a", ContainerState.Exited, 0), Row("b", ContainerState.Restarting)]);
        _lists.Enqueue([Row("a", ContainerState.Exited, 0), Row("b", ContainerState.Exited, 3)]);

        Assert.Equal(["a 0", "b 3"], await ReadAsync([]));
    }

    [Fact]
    public async Task Other_services_and_one_off_containers_are_ignored()
    {
        _lists.Enqueue([Row("a", ContainerState.Exited, 1), Row("b", ContainerState.Running), Row("a", ContainerState.Exited, 2, oneOff: "True")]);

        Assert.Equal(["a 1"], await ReadAsync(["a"]));
    }

    [Fact]
    public async Task Containers_that_have_already_exited_come_in_the_order_of_their_exits()
    {
        _lists.Enqueue([Row("late", ContainerState.Exited, 1), Row("early", ContainerState.Exited, 2)]);
        _script.On("InspectContainerAsync late", _ => Task.FromResult<object?>(Details(DateTimeOffset.UnixEpoch.AddSeconds(9))));
        _script.On("InspectContainerAsync early", _ => Task.FromResult<object?>(Details(DateTimeOffset.UnixEpoch.AddSeconds(1))));

        Assert.Equal(["early 2", "late 1"], await ReadAsync([]));
    }

    private static ContainerSummary Row(string service, ContainerState state, int? exitCode = null, string oneOff = "False") => SampleContainers.Row(service) with
    {
        State = state,
        ExitCode = exitCode,
        Labels = new Dictionary<string, string> { [StackLabels.Service] = service, [StackLabels.ConfigHash] = "h", [StackLabels.OneOff] = oneOff },
    };

    private static ContainerDetails Details(DateTimeOffset ended) => SampleContainers.Details("n") with
    {
        Id = "i",
        State = ContainerState.Exited,
        Ended = ended,
    };

    private async Task<List<string>> ReadAsync(string[] services)
    {
        using var limit = new CancellationTokenSource(Limit);
        List<string> read = [];
        await foreach (ObservedContainer container in new StackExits(_engine, "lab", services).ReadAsync(limit.Token))
        {
            read.Add($"{container.Service} {container.Summary.ExitCode}");
        }

        return read;
    }
}
