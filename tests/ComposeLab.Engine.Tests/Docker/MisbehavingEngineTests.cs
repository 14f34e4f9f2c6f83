using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Images;
using ComposeLab.Engine.Tests.Images.Context;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Docker;

public sealed class MisbehavingEngineTests
{
    // Generous if there is an answer, short if there is none, as the test names say.
    private static readonly EngineLimits Patient = new();
    private static readonly EngineLimits Hasty = new() { Connect = TimeSpan.FromSeconds(2), Read = TimeSpan.FromMilliseconds(500), Transfer = TimeSpan.FromMilliseconds(500) };

    [Theory]
    [InlineData("garbage")]
    [InlineData("html")]
    [InlineData("redirect")]
    [InlineData("version null")]
    [InlineData("version array")]
    [InlineData("version of wrong types")]
    [InlineData("version without end")]
    public async Task A_server_that_is_not_an_engine_is_reported_when_connecting(string misbehavior)
    {
        await using var fake = new FakeEngine(misbehavior);

        var fault = await Assert.ThrowsAsync<EngineException>(() => ConnectAsync(fake, Patient));

        Assert.Equal(EngineErrorId.EngineUnreachable, fault.Id);
    }

    [Theory]
    [InlineData("silence")]
    [InlineData("half header")]
    public async Task An_engine_that_hangs_when_connecting_is_reported_as_busy_and_not_as_stopped(string misbehavior)
    {
        await using var fake = new FakeEngine(misbehavior);

        var fault = await Assert.ThrowsAsync<EngineException>(() => ConnectAsync(fake, Hasty));

        Assert.Equal(EngineErrorId.EngineUnreachable, fault.Id);
        Assert.DoesNotContain("systemctl", fault.Recommendation, StringComparison.Ordinal);
        Assert.Contains("busy", fault.Recommendation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error", EngineErrorId.EngineRefused)]
    [InlineData("large error", EngineErrorId.EngineRefused)]
    public async Task An_error_of_any_size_is_shortened(string misbehavior, EngineErrorId id)
    {
        await using var fake = new FakeEngine(misbehavior);

        var fault = await Assert.ThrowsAsync<EngineException>(() => ConnectAsync(fake, Patient));

        Assert.Equal(id, fault.Id);
        Assert.InRange(fault.Message.Length, 1, 3000);
    }

    [Fact]
    public async Task An_engine_that_refuses_old_versions_gets_the_newest_that_both_speak()
    {
        await using var fake = new FakeEngine("API 1.44 to 1.52");
        using IEngine engine = await ConnectAsync(fake, Patient);

        Assert.Equal(new Version(1, 51), engine.Info.ApiVersion);
        Assert.Single(await engine.ListContainersAsync([], CancellationToken.None));
    }

    [Fact]
    public async Task An_engine_that_speaks_only_newer_versions_is_reported()
    {
        await using var fake = new FakeEngine("API 1.52 to 1.60");

        var fault = await Assert.ThrowsAsync<EngineException>(() => ConnectAsync(fake, Patient));

        Assert.Equal(EngineErrorId.EngineTooNew, fault.Id);
    }

    [Theory]
    [InlineData("list closed")]
    [InlineData("half list")]
    [InlineData("list of words")]
    [InlineData("list of wrong type")]
    [InlineData("list null")]
    [InlineData("list of nulls")]
    [InlineData("list out of range")]
    [InlineData("deep list")]
    [InlineData("list without end")]
    public async Task An_invalid_list_is_reported(string misbehavior)
    {
        await using var fake = new FakeEngine(misbehavior);
        using IEngine engine = await ConnectAsync(fake, Patient);

        var fault = await Assert.ThrowsAsync<EngineException>(() => engine.ListContainersAsync([], CancellationToken.None));

        Assert.Equal(EngineErrorId.EngineUnreachable, fault.Id);
    }

    [Theory]
    [InlineData("list of silence")]
    [InlineData("list drop by drop")]
    public async Task A_list_that_does_not_arrive_ends_at_its_time_limit(string misbehavior)
    {
        await using var fake = new FakeEngine(misbehavior);
        using IEngine engine = await ConnectAsync(fake, Hasty);

        var fault = await Assert.ThrowsAsync<EngineException>(() => engine.ListContainersAsync([], CancellationToken.None));

        Assert.Equal(EngineErrorId.EngineUnreachable, fault.Id);
    }

    [Fact]
    public async Task A_very_long_line_is_split_into_marked_parts_of_a_megabyte()
    {
        await using var fake = new FakeEngine("log of one line");
        using IEngine engine = await ConnectAsync(fake, Patient);
        List<LogLine> lines = [];

        await foreach (LogLine line in engine.ReadLogsAsync(FakeEngine.Container, new LogQuery(), CancellationToken.None))
        {
            lines.Add(line);
        }

        Assert.Equal(20_000_003, lines.Sum(line => line.Text.Length));
        Assert.All(lines, line => Assert.InRange(line.Text.Length, 1, LogDecoder.LongestText));
        Assert.All(lines[..^1], line => Assert.True(line.IsPart));
        Assert.False(lines[^1].IsPart);
    }

    [Theory]
    [InlineData("log without frames")]
    [InlineData("log cut off")]
    [InlineData("log of silence")]
    public async Task An_invalid_log_is_reported(string misbehavior)
    {
        await using var fake = new FakeEngine(misbehavior);
        using IEngine engine = await ConnectAsync(fake, Hasty);

        var fault = await Assert.ThrowsAsync<EngineException>(async () =>
        {
            await foreach (LogLine line in engine.ReadLogsAsync(FakeEngine.Container, new LogQuery(), CancellationToken.None))
            {
                Assert.Fail($"No line was expected, found '{line.Text}'.");
            }
        });

        Assert.Equal(EngineErrorId.EngineUnreachable, fault.Id);
    }

    [Fact]
    public async Task A_log_that_stops_ends_at_its_time_limit_after_the_lines_that_arrived()
    {
        await using var fake = new FakeEngine("log that stops");
        using IEngine engine = await ConnectAsync(fake, Hasty);
        List<string> lines = [];

        var fault = await Assert.ThrowsAsync<EngineException>(async () =>
        {
            await foreach (LogLine line in engine.ReadLogsAsync(FakeEngine.Container, new LogQuery(), CancellationToken.None))
            {
                lines.Add(line.Text);
            }
        });

        Assert.Equal(EngineErrorId.EngineUnreachable, fault.Id);
        Assert.Equal(["first"], lines);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Canceling_ends_a_log_whose_next_line_does_not_arrive(bool isFollowed)
    {
        await using var fake = new FakeEngine("log that stops");
        using IEngine engine = await ConnectAsync(fake, Patient);
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (LogLine line in engine.ReadLogsAsync(FakeEngine.Container, new LogQuery { Follow = isFollowed }, stop.Token))
            {
                stop.CancelAfter(TimeSpan.FromMilliseconds(1));
            }
        });

        await fake.Abandoned;
    }

    [Theory]
    [InlineData("build of words")]
    [InlineData("build of nulls")]
    [InlineData("build line without end")]
    public async Task A_build_with_invalid_progress_has_failed(string misbehavior)
    {
        await using var fake = new FakeEngine(misbehavior);
        using IEngine engine = await ConnectAsync(fake, Patient);
        using var folder = new ScratchFolder();
        folder.Write("Dockerfile", "FROM scratch");

        var fault = await Assert.ThrowsAsync<EngineException>(
            () => ImageBuilder.BuildAsync(engine, new BuildSpec { Context = folder.Path, Names = ["fake:1"] }, new RecordedEvents(), CancellationToken.None));

        Assert.Equal(EngineErrorId.ImageBuildFailed, fault.Id);
    }

    private static Task<IEngine> ConnectAsync(FakeEngine fake, EngineLimits limits) =>
        EngineConnection.ConnectAsync(EngineEndpoint.Resolve(new Dictionary<string, string>(), fake.Host), limits, CancellationToken.None);
}
