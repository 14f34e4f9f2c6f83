using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Execution;

public sealed class ProbedHealthTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 29, 7, 0, 0, 123, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("composelab-health-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_a_probe_saw_is_known_to_every_session()
    {
        Session().Passed(Details(), Start.AddSeconds(1), Start.AddSeconds(2));

        Assert.Equal(HealthStatus.Healthy, Session().Of(Details()));
        Assert.True(Session().MayCover(Row()));
        Assert.Equal(HealthStatus.Starting, Session().Of(Details() with { Id = "another" }));
    }

    [Fact]
    public void The_verdict_of_the_engine_counts_more_than_an_earlier_probe()
    {
        Session().Passed(Details(), Start.AddSeconds(1), Start.AddSeconds(2));

        Assert.Equal(HealthStatus.Unhealthy, Session().Of(Details() with { Health = HealthStatus.Unhealthy }));
        Assert.False(Session().MayCover(Row() with { Health = HealthStatus.Healthy }));
    }

    [Fact]
    public void A_failed_check_of_the_engine_after_the_probe_ends_its_result()
    {
        Session().Passed(Details(), Start.AddSeconds(1), Start.AddSeconds(2));

        Assert.True(Session().Covers(Details() with { Probes = [Check(second: 1, exitCode: 1)] }));
        Assert.False(Session().Covers(Details() with { Probes = [Check(second: 3, exitCode: 1)] }));
    }

    [Fact]
    public void A_container_that_was_started_again_has_not_passed()
    {
        Session().Passed(Details(), Start.AddSeconds(1), Start.AddSeconds(2));

        Assert.False(Session().Covers(Details() with { Started = Start.AddSeconds(3) }));
        Assert.False(Session().Covers(Details() with { State = ContainerState.Paused }));
    }

    [Fact]
    public void A_probe_that_began_before_the_last_start_is_not_recorded()
    {
        Session().Passed(Details(), Start.AddSeconds(-1), Start.AddSeconds(2));

        Assert.False(Session().MayCover(Row()));
    }

    [Fact]
    public void A_damaged_record_and_a_missing_folder_show_what_the_engine_reports()
    {
        Session().Passed(Details(), Start.AddSeconds(1), Start.AddSeconds(2));
        File.WriteAllText(Directory.GetFiles(_folder).Single(), "\0");

        Assert.False(Session().Covers(Details()));
        var none = new ProbedHealth(null);
        none.Passed(Details(), Start.AddSeconds(1), Start.AddSeconds(2));
        Assert.Equal((false, HealthStatus.Starting), (none.MayCover(Row()), none.Of(Details())));
    }

    [Fact]
    public void Old_records_are_removed_with_the_next_one()
    {
        Session().Passed(Details(), Start.AddSeconds(1), Start.AddSeconds(2));
        File.SetLastWriteTimeUtc(Directory.GetFiles(_folder).Single(), Start.UtcDateTime.AddDays(-2));

        Session().Passed(Details() with { Id = "another" }, Start.AddSeconds(1), Start.AddSeconds(2));

        Assert.Single(Directory.GetFiles(_folder));
        Assert.False(Session().MayCover(Row()));
    }

    [Fact]
    public async Task A_start_of_one_session_and_a_list_of_another_agree()
    {
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script
            .On("InspectContainerAsync id", _ => Task.FromResult<object?>(Details() with { Started = DateTimeOffset.UnixEpoch, Healthcheck = new HealthcheckSpec { Test = ["CMD", "true"] } }))
            .On("StartExecAsync id", _ => Task.FromResult<object?>(new FinishedExec()))
            .On("ListContainersAsync", _ => Task.FromResult<object?>((ContainerSummary[])[Row(), Row() with { Id = "other" }]));

        Assert.True(await new HealthProbing(engine, Session()).PassesAsync("id", CancellationToken.None));
        IReadOnlyList<ObservedContainer> seen = await new StackObserver(engine, Session()).ContainersAsync("lab", CancellationToken.None);

        Assert.Equal([(true, HealthStatus.Healthy), (false, HealthStatus.Starting)], seen.Select(container => (container.SeenByProbe, container.Health)));
    }

    private sealed class FinishedExec : IExecSession
    {
        public Task CopyOutputAsync(Stream output, Stream error, CancellationToken token) => Task.CompletedTask;

        public Task WriteAsync(ReadOnlyMemory<byte> data, CancellationToken token) => Task.CompletedTask;

        public void CloseInput()
        {
        }

        public Task ResizeAsync(int width, int height, CancellationToken token) => Task.CompletedTask;

        public Task<int?> ReadExitCodeAsync(CancellationToken token) => Task.FromResult<int?>(0);

        public Task<ExecState> ReadStateAsync(CancellationToken token) => Task.FromResult(new ExecState(0, HasStarted: true));

        public void Dispose()
        {
        }
    }

    // As another process would create it.
    private ProbedHealth Session() => new(_folder);

    private static HealthProbe Check(int second, int exitCode) => new(Start.AddSeconds(second), Start.AddSeconds(second), exitCode, "");

    private static ContainerSummary Row() => SampleContainers.Row("lab-db-1") with
    {
        Id = "id",
        Created = Start,
        Health = HealthStatus.Starting,
        Status = "Up 3 seconds (health: starting)",
    };

    private static ContainerDetails Details() => SampleContainers.Details("lab-db-1") with
    {
        Id = "id",
        Health = HealthStatus.Starting,
        Started = Start,
    };
}
