using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Images;
using ComposeLab.Engine.Images.Sizes;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Images.Context;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Images.Building;

/// <param name="engine">The machine's engine.</param>
[Trait("Needs", "Engine")]
[Collection(EngineCollection.Name)]
public sealed class BuildTests(EngineFixture engine) : IAsyncLifetime
{
    private const string TwoStages = $"""
        FROM {EngineFixture.Image} AS build
        ARG API_TOKEN
        ARG RUN_ID
        LABEL composelab.tests=$RUN_ID
        WORKDIR /src
        COPY deps.txt ./
        RUN echo "with $API_TOKEN" && dd if=/dev/urandom of=/deps bs=1000 count=100 2>/dev/null
        COPY src/ ./
        RUN cat app.txt > /out

        FROM {EngineFixture.Image}
        COPY --from=build /out /app/out
        COPY --from=build /deps /app/deps
        ENV A=1
        """;

    private readonly ScratchFolder _folder = new();
    private readonly RecordedEvents _events = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(60));
    private readonly string _name = $"composelab-tests/build-{Guid.NewGuid():N}";

    public ValueTask InitializeAsync()
    {
        _folder.Write("deps.txt", Guid.NewGuid().ToString());
        _folder.Write("src/app.txt", "app");
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (string tag in new[] { "1", "extra" })
        {
            if (await engine.Engine.InspectImageAsync($"{_name}:{tag}", CancellationToken.None) is not null)
            {
                await engine.Engine.RemoveImageAsync($"{_name}:{tag}", force: true, CancellationToken.None);
            }
        }

        // The classic builder leaves an image of every stage, without a name.
        foreach (ImageSummary stage in await engine.Engine.ListImagesAsync([$"composelab.tests={_name}"], CancellationToken.None))
        {
            await engine.Engine.RemoveImageAsync(stage.Id, force: true, CancellationToken.None);
        }

        _folder.Dispose();
        _limit.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_build_reports_its_steps_and_a_second_one_finds_them_cached(bool useBuildKit)
    {
        IEngine builder = useBuildKit ? engine.Engine : EngineWithoutBuildKit.Before(engine.Engine);
        BuildSpec spec = Spec(TwoStages) with { Arguments = new Dictionary<string, string?> { ["API_TOKEN"] = "hunter2", ["RUN_ID"] = _name } };

        ImageBuildResult first = await ImageBuilder.BuildAsync(builder, spec, _events, _limit.Token);
        ImageBuildResult second = await ImageBuilder.BuildAsync(builder, spec, _events, _limit.Token);

        BuildStep[] work = [.. first.Steps.Where(step => step.Instruction.StartsWith("RUN ", StringComparison.Ordinal))];
        Assert.Equal(2, work.Length);
        Assert.All(work, step => Assert.False(step.Cached));
        Assert.All(first.Steps, step => Assert.True(step.Completed, step.ToString()));
        Assert.All(second.Steps.Where(MakesLayer), step => Assert.True(step.Cached, step.ToString()));
        engine.AssertSize(100_000, second.Steps.Single(step => step.Instruction.EndsWith("/app/deps", StringComparison.Ordinal)).Size);
        engine.AssertSize(3, second.Steps.Single(step => step.Instruction.EndsWith("/app/out", StringComparison.Ordinal)).Size);
        Assert.Equal((await engine.Engine.InspectImageAsync($"{_name}:1", _limit.Token))!.Id, second.Id);
        engine.AssertSize((await new ImageSizes(engine.Engine).MeasureAsync(EngineFixture.Image, _limit.Token))!.Size + 100_003, second.Size);
        Assert.Equal(36 + 3 + TwoStages.Length, second.ContextBytes);
        Assert.DoesNotContain(first.Steps, step => step.Instruction.Contains("hunter2", StringComparison.Ordinal));
        Assert.DoesNotContain(_events.All, happened => happened.Status.Contains("hunter2", StringComparison.Ordinal));
        Assert.Equal(ResourceId.Image($"{_name}:1"), _events.All[0].Resource);
        Assert.All(_events.All.Where(happened => happened.Parent is not null), happened => Assert.InRange(happened.Current, 0, happened.Total));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_failed_step_is_reported_with_its_exit_code_and_last_output(bool useBuildKit)
    {
        IEngine builder = useBuildKit ? engine.Engine : EngineWithoutBuildKit.Before(engine.Engine);
        BuildSpec spec = Spec($"""
            FROM {EngineFixture.Image}
            ARG DB_PASSWORD
            RUN echo first; echo "login $DB_PASSWORD"; echo last >&2; exit 42
            """) with { Arguments = new Dictionary<string, string?> { ["DB_PASSWORD"] = "s3cr3t-value" }, Service = "api" };

        var fault = await Assert.ThrowsAsync<EngineException>(() => ImageBuilder.BuildAsync(builder, spec, _events, _limit.Token));

        Assert.Equal(EngineErrorId.ImageBuildFailed, fault.Id);
        Assert.Equal("api", fault.Service);
        Assert.Contains("exit code 42", fault.Message, StringComparison.Ordinal);
        Assert.Matches(@"step \S+ 'RUN echo first", fault.Message);
        Assert.Contains("\n  last", fault.Message, StringComparison.Ordinal);
        Assert.Equal(("api", 42), (fault.Build!.Service, fault.Build.ExitCode));

        // Two streams: the engine determines their order.
        Assert.Contains("first", fault.Build.Output);
        Assert.StartsWith("RUN echo first", fault.Build.Step!.Instruction, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t-value", $"{fault} {fault.Build} {string.Join(' ', fault.Build.Output)}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stages_in_the_no_cache_filter_run_again_and_others_do_not()
    {
        BuildSpec spec = Spec($"""
            FROM {EngineFixture.Image} AS kept
            RUN echo {_name} > /kept
            FROM {EngineFixture.Image} AS fresh
            RUN cat /proc/sys/kernel/random/uuid > /fresh; ls -A /dev > /dev-list
            FROM {EngineFixture.Image}
            COPY --from=kept /kept /
            COPY --from=fresh /fresh /dev-list /
            """) with { NoCacheStages = ["FRESH"] };

        ImageBuildResult first = await ImageBuilder.BuildAsync(engine.Engine, spec, _events, _limit.Token);
        ImageBuildResult second = await ImageBuilder.BuildAsync(engine.Engine, spec, _events, _limit.Token);
        // Not every engine keeps an image that has lost its name.
        IReadOnlyList<ImageHistoryStep> history = await engine.Engine.ReadImageHistoryAsync(second.Id, _limit.Token);
        ImageBuildResult cached = await ImageBuilder.BuildAsync(engine.Engine, spec with { NoCacheStages = [] }, _events, _limit.Token);

        Assert.True(second.Steps.Single(step => step.Instruction.StartsWith("RUN echo", StringComparison.Ordinal)).Cached);
        Assert.False(second.Steps.Single(step => step.Instruction.StartsWith("RUN cat", StringComparison.Ordinal)).Cached);
        Assert.NotEqual(first.Id, second.Id);
        Assert.NotEqual(second.Id, cached.Id);
        Assert.DoesNotContain(history, step => step.Instruction.Contains("no-cache", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("inline")]
    [InlineData("ignored")]
    [InlineData("outside")]
    public async Task A_Dockerfile_that_is_not_part_of_the_context_is_not_copied_with_it(string kind)
    {
        using var elsewhere = new ScratchFolder();
        string text = $"FROM {EngineFixture.Image}\nCOPY --chown=7:8 . /all\nADD . /added\nRUN --mount=target=/mounted ls -A /all /added /mounted > /list; stat -c '%u:%g' /all/deps.txt >> /list\nCMD [\"true\"]\n";
        _folder.Write(".dockerignore", "Dockerfile\n");
        _folder.Write(kind == "ignored" ? "Dockerfile" : "other", kind == "ignored" ? text : "");
        BuildSpec spec = Spec(text) with
        {
            DockerfileInline = kind == "inline" ? text : null,
            Dockerfile = kind == "outside" ? elsewhere.Write("Dockerfile", text) : "Dockerfile",
        };

        ImageBuildResult first = await ImageBuilder.BuildAsync(engine.Engine, spec, _events, _limit.Token);
        ImageBuildResult second = await ImageBuilder.BuildAsync(engine.Engine, spec, _events, _limit.Token);

        string[] files = kind == "ignored" ? [".dockerignore", "deps.txt", "src"] : [".dockerignore", "deps.txt", "other", "src"];
        string[] listed = await ReadAsync("/list");
        Assert.Equal([.. new[] { "/added:", "/all:", "/mounted:" }.SelectMany(folder => files.Prepend(folder)), "7:8"], listed);
        Assert.Equal(first.Id, second.Id);
        Assert.All(second.Steps.Where(MakesLayer), step => Assert.True(step.Cached, step.ToString()));
        Assert.All(second.Steps, step => Assert.DoesNotContain("composelab-context", step.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain(
            await engine.Engine.ReadImageHistoryAsync(second.Id, _limit.Token),
            step => step.Instruction.Contains("composelab-context", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_additional_context_of_a_service_is_the_image_of_that_service()
    {
        ComposeProject project = Projects.LoadFrom(
            _folder.Path,
            $$"""
            services:
              web:
                image: {{_name}}:1
                build: { context: ., dockerfile_inline: "FROM scratch\nCOPY --from=base /library /copy", additional_contexts: { base: "service:lib" } }
              lib:
                image: {{_name}}:extra
                build: { context: ., dockerfile_inline: "FROM scratch\nCOPY src/app.txt /library" }
            """,
            null,
            "lab");

        foreach (BuildSpec build in ServiceBuilds.Of(project, ["web"]))
        {
            await ImageBuilder.BuildAsync(engine.Engine, build, _events, _limit.Token);
        }

        engine.AssertSize(3, (await new ImageSizes(engine.Engine).MeasureAsync($"{_name}:1", _limit.Token))!.Size);
    }

    private async Task<string[]> ReadAsync(string file)
    {
        string name = $"composelab-tests-{Guid.NewGuid():N}";
        ContainerCreated made = await engine.Engine.CreateContainerAsync(new ContainerSpec { Name = name, Image = $"{_name}:1", Command = ["cat", file] }, _limit.Token);
        try
        {
            await engine.Engine.StartContainerAsync(made.Id, _limit.Token);
            var lines = new List<string>();
            await foreach (LogLine line in engine.Engine.ReadLogsAsync(made.Id, new LogQuery { Follow = true }, _limit.Token))
            {
                lines.Add(line.Text);
            }

            return [.. lines.Where(line => line.Length > 0)];
        }
        finally
        {
            await engine.Engine.RemoveContainerAsync(made.Id, force: true, anonymousVolumes: true, CancellationToken.None);
        }
    }

    [Fact]
    public async Task An_error_in_the_Dockerfile_is_reported_with_its_line()
    {
        BuildSpec spec = Spec("FROM scratch\n\nRUNN nothing\n");

        var fault = await Assert.ThrowsAsync<EngineException>(() => ImageBuilder.BuildAsync(engine.Engine, spec, _events, _limit.Token));

        Assert.StartsWith($"{_folder.Of("Dockerfile")}:3:1: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_settings_of_a_build_section_reach_the_builder()
    {
        BuildSpec spec = Spec($"""
            FROM {EngineFixture.Image} AS wanted
            ARG WHO=nobody
            RUN echo "$WHO" > /who && grep -q '10.1.2.3.*elsewhere' /etc/hosts && stat -f -c '%b %S' /dev/shm
            LABEL own=label
            FROM wanted
            RUN exit 1
            """) with
        {
            Target = "wanted",
            Names = [$"{_name}:1", $"{_name}:extra"],
            Arguments = new Dictionary<string, string?> { ["WHO"] = "me" },
            Labels = new Dictionary<string, string> { ["com.docker.compose.project"] = "p" },
            ExtraHosts = ["elsewhere:10.1.2.3"],
            ShmBytes = 1 << 20,
            CacheFrom = [EngineFixture.Image, $"{_name}:nowhere"],
            Network = "none",
        };

        ImageBuildResult result = await ImageBuilder.BuildAsync(engine.Engine, spec, _events, _limit.Token);

        ImageDetails image = (await engine.Engine.InspectImageAsync($"{_name}:extra", _limit.Token))!;
        Assert.Equal(result.Id, image.Id);
        Assert.Equal(("label", "p"), (image.Labels["own"], image.Labels["com.docker.compose.project"]));
        engine.AssertSize(3, result.Steps.Single(step => step.Instruction.StartsWith("RUN ", StringComparison.Ordinal)).Size);
    }

    [Fact]
    public async Task A_canceled_build_ends_immediately()
    {
        using var stop = new CancellationTokenSource();
        BuildSpec spec = Spec($"FROM {EngineFixture.Image}\nRUN sleep 60\n") with { NoCache = true };
        Task building = ImageBuilder.BuildAsync(engine.Engine, spec, _events, stop.Token);
        Assert.True(SpinWait.SpinUntil(() => _events.All.Any(happened => happened.Status.Contains("sleep 60: running", StringComparison.Ordinal)), TimeSpan.FromSeconds(20)));

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => building.WaitAsync(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_context_that_cannot_be_read_ends_the_build_with_the_file_s_name()
    {
        string file = _folder.Write("src/locked.db");
        using FileStream held = File.Open(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        BuildSpec spec = Spec($"FROM {EngineFixture.Image}\nCOPY . /all\n");

        var fault = await Assert.ThrowsAsync<EngineException>(() => ImageBuilder.BuildAsync(engine.Engine, spec, _events, _limit.Token));

        Assert.Equal(EngineErrorId.ImageBuildFailed, fault.Id);
        Assert.Contains(file, fault.Message, StringComparison.Ordinal);
    }

    private static bool MakesLayer(BuildStep step) => step.Instruction.Split(' ')[0] is "COPY" or "RUN" or "WORKDIR";

    private BuildSpec Spec(string dockerfile)
    {
        _folder.Write("Dockerfile", dockerfile);
        return new BuildSpec { Context = _folder.Path, Names = [$"{_name}:1"] };
    }
}
