using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Logs;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Execution;

namespace ComposeLab.Engine.Tests.Logs;

/// <summary>Logs of containers that are removed while they are read. The engine answers 404, or 409 while the removal runs.</summary>
public sealed class RemovedContainerTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly ObservedContainer Web = Container("web");
    private static readonly ObservedContainer Worker = Container("worker");

    [Theory]
    [InlineData(404, "No such container: web")]
    [InlineData(409, "can not get logs from container which is dead or marked for removal")]
    public async Task A_followed_log_ends_when_its_container_is_removed(int status, string message)
    {
        int listed = 0;
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script.Log(_ => Lines(status, message, "first"));
        var log = new FollowedLog(engine, _ => Task.FromResult<IReadOnlyList<ObservedContainer>>(listed++ < 2 ? [Web] : []));

        Assert.Equal(["first"], await TextsAsync(log.ReadAsync(new LogQuery { Tail = 0 }, CancellationToken.None)));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(409)]
    public async Task A_container_that_is_already_being_removed_does_not_fail_a_followed_log(int status)
    {
        int listed = 0;
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script.Log(_ => Lines(status, "dead or marked for removal"));
        var log = new FollowedLog(engine, _ => Task.FromResult<IReadOnlyList<ObservedContainer>>(listed++ == 0 ? [Web] : []));

        Assert.Empty(await TextsAsync(log.ReadAsync(new LogQuery(), CancellationToken.None)));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(409)]
    public async Task The_other_logs_are_still_read(int status)
    {
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script.Log(id => id == Web.Id ? Lines(status, "dead or marked for removal", "of web") : Lines(null, "", "of worker"));

        Assert.Equal(["of web", "of worker"], (await TextsAsync(new MergedLog(engine).ReadAsync([Web, Worker], new LogQuery(), CancellationToken.None))).Order());
    }

    [Fact]
    public async Task The_only_container_being_removed_is_an_error()
    {
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script.Log(_ => Lines(409, "dead or marked for removal"));

        await Assert.ThrowsAsync<EngineException>(() => TextsAsync(new MergedLog(engine).ReadAsync([Web], new LogQuery(), CancellationToken.None)));
    }

    private static async IAsyncEnumerable<LogLine> Lines(int? status, string message, params string[] texts)
    {
        foreach (string text in texts)
        {
            yield return new LogLine(Time, false, text);
        }

        await Task.CompletedTask;
        if (status is { } code)
        {
            throw new EngineException(EngineErrorId.EngineRefused, message, "None.") { StatusCode = code };
        }
    }

    private static async Task<IReadOnlyList<string>> TextsAsync(IAsyncEnumerable<ServiceLogLine> lines)
    {
        List<string> texts = [];
        await foreach (ServiceLogLine line in lines)
        {
            texts.Add(line.Line.Text);
        }

        return texts;
    }

    private static ObservedContainer Container(string service) => new(new ContainerSummary
    {
        Id = "id-" + service,
        Name = $"shop-{service}-1",
        Image = "i",
        ImageId = "",
        Created = Time,
        State = ContainerState.Running,
        Health = HealthStatus.None,
        ExitCode = null,
        Status = "",
        Labels = new Dictionary<string, string> { [StackLabels.Service] = service },
        Ports = [],
        Networks = new Dictionary<string, ContainerNetwork>(),
        Mounts = [],
    });
}
