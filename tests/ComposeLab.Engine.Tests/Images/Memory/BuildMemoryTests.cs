using System.Runtime.Versioning;
using ComposeLab.Engine.Images;
using ComposeLab.Engine.Images.Caching;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Images.Memory;

/// <param name="engine">The machine's engine.</param>
[Collection(EngineCollection.Name)]
[UnsupportedOSPlatform("windows")]
public sealed class BuildMemoryTests(EngineFixture engine) : IAsyncLifetime
{
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(60));
    private MemoryProject _project = null!;

    public async Task InitializeAsync() => _project = await MemoryProject.CreateAsync(engine.Engine, _limit.Token);

    public async Task DisposeAsync()
    {
        await _project.DisposeAsync();
        _limit.Dispose();
    }

    [Fact]
    public async Task A_build_without_a_change_is_answered_without_asking_the_engine()
    {
        ImageBuildResult first = await _project.BuildAsync(_limit.Token);
        File.SetLastWriteTimeUtc(_project.Folder.Of("project/src/app.txt"), DateTime.UnixEpoch);
        _project.Folder.Write("project/debug.log", "what is ignored shapes nothing");
        ImageBuildResult second = await _project.BuildAsync(_limit.Token);

        Assert.Equal(1, _project.Asked);
        Assert.Equal((false, true), (first.IsUnchanged, second.IsUnchanged));
        Assert.Null(first.MemoryFault);
        Assert.Equal((first.Id, first.Size, first.Names), (second.Id, second.Size, second.Names));
        Assert.Equal((0, TimeSpan.Zero), (second.ContextBytes, second.Steps[0].Duration!.Value));
        Assert.Equal(first.Steps.Select(step => (step.Position, step.Instruction, step.Size)), second.Steps.Select(step => (step.Position, step.Instruction, step.Size)));
        Assert.All(second.Steps, step => Assert.True(step is { Cached: true, Completed: true, Error: null }, step.ToString()));
        Assert.Equal(($"image {_project.Spec.Names[0]}", "built"), (_project.Events.All[0].Resource.ToString(), _project.Events.All[^1].Status));
        Assert.Contains(_project.Events.All, happened => happened.Status.EndsWith("COPY src/ /src/: cached", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("content of the same length and time")]
    [InlineData("mode")]
    [InlineData("name")]
    [InlineData("file more")]
    [InlineData("file less")]
    [InlineData("target of a link")]
    [InlineData("Dockerfile")]
    [InlineData("ignore file")]
    [InlineData("argument")]
    [InlineData("stage")]
    [InlineData("label")]
    [InlineData("tag more")]
    [InlineData("network")]
    [InlineData("platform")]
    [InlineData("shared memory")]
    [InlineData("extra host")]
    [InlineData("cache by name")]
    [InlineData("no cache")]
    [InlineData("base image")]
    [InlineData("image under another name")]
    [InlineData("image gone")]
    [InlineData("record cut off")]
    [InlineData("record of another shape")]
    public async Task Whatever_shapes_the_image_makes_the_engine_build_it_again(string change)
    {
        await _project.BuildAsync(_limit.Token);
        await _project.BuildAsync(_limit.Token);
        Assert.Equal(1, _project.Asked);

        await ChangeAsync(change);
        int before = _project.Asked;
        ImageBuildResult result = await _project.BuildAsync(_limit.Token);

        Assert.Equal(before + 1, _project.Asked);
        Assert.False(result.IsUnchanged);
        Assert.Equal(result.Id, (await engine.Engine.InspectImageAsync(_project.Spec.Names[0], _limit.Token))!.Id);
    }

    [Fact]
    public async Task A_build_that_fetches_newer_bases_is_never_answered_from_memory()
    {
        await _project.BuildAsync(_limit.Token);
        _project.Spec = _project.Spec with { Pull = true };

        // No registry knows the base.
        await Assert.ThrowsAsync<EngineException>(() => _project.BuildAsync(_limit.Token));

        Assert.Equal(2, _project.Asked);
    }

    [Theory]
    [InlineData("ONBUILD LABEL more=1", null)]
    [InlineData("", "linux/s390x")]
    public async Task A_base_that_brings_instructions_and_another_platform_are_left_to_the_engine(string instruction, string? platform)
    {
        await _project.MakeImageAsync(_project.Base, instruction, _limit.Token);
        _project.Spec = _project.Spec with { Platform = platform, DockerfileInline = platform is null ? $"FROM {_project.Base}\n" : "FROM scratch\nCOPY src/ /src/\n" };
        int before = _project.Asked;

        await _project.BuildAsync(_limit.Token);
        await _project.BuildAsync(_limit.Token);

        Assert.Equal(before + 2, _project.Asked);
    }

    [Fact]
    public async Task A_build_whose_base_changes_while_it_runs_is_not_remembered()
    {
        _project.Folder.Write("project/src/app.txt", Guid.NewGuid().ToString());
        _project.Folder.Write("project/Dockerfile", "ARG BASE\nFROM $BASE\nCOPY src/ /src/\nRUN sleep 1\n");
        await _project.MakeImageAsync(_project.Other, "LABEL later=1", _limit.Token);
        int before = _project.Asked;
        Task building = _project.BuildAsync(_limit.Token);
        Assert.True(SpinWait.SpinUntil(
            () => _project.Events.All.Any(happened => happened.Status.Contains("sleep 1: running", StringComparison.Ordinal)), TimeSpan.FromSeconds(20)));
        await engine.Engine.TagImageAsync(_project.Other, _project.Base, _limit.Token);
        await building;

        await _project.BuildAsync(_limit.Token);

        Assert.Equal(before + 2, _project.Asked);
    }

    [Fact]
    public async Task Values_of_secret_arguments_are_not_remembered_and_the_records_are_the_user_s_alone()
    {
        await File.AppendAllTextAsync(_project.Folder.Of("project/Dockerfile"), "\nARG API_TOKEN\nRUN echo $API_TOKEN\n", _limit.Token);
        await _project.BuildAsync(_limit.Token);

        string record = Assert.Single(Directory.GetFiles(_project.Records));
        Assert.DoesNotContain("hunter2", File.ReadAllText(record), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(record));
    }

    [Fact]
    public async Task A_record_of_an_image_that_is_gone_goes_too()
    {
        await _project.BuildAsync(_limit.Token);
        await engine.Engine.RemoveImageAsync(_project.Spec.Names[0], force: false, _limit.Token);
        _project.Folder.Write("project/Dockerfile", "FROM scratch\nCOPY nothing /\n");

        await Assert.ThrowsAsync<EngineException>(() => _project.BuildAsync(_limit.Token));

        Assert.Empty(Directory.GetFiles(_project.Records));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_costs_the_memory_alone()
    {
        _project.Records = Path.Combine(_project.Folder.Write("file"), "memory");

        ImageBuildResult first = await _project.BuildAsync(_limit.Token);
        ImageBuildResult second = await _project.BuildAsync(_limit.Token);

        Assert.Equal(first.Id, second.Id);
        Assert.NotNull(second.MemoryFault);
        Assert.Equal(2, _project.Asked);
    }

    [Fact]
    public async Task Builds_beside_each_other_leave_a_whole_record()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 8), _limit.Token, async (_, token) => await _project.Images.BuildAsync(_project.Spec, new RecordedEvents(), token));
        int before = _project.Asked;

        ImageBuildResult result = await _project.BuildAsync(_limit.Token);

        Assert.True(result.IsUnchanged);
        Assert.Equal(before, _project.Asked);
        Assert.Single(Directory.GetFiles(_project.Records));
    }

    [Fact]
    public async Task A_measurement_of_the_build_cache_always_asks_the_engine()
    {
        await _project.BuildAsync(_limit.Token);
        byte[] record = await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(_project.Records)), _limit.Token);
        int before = _project.Asked;

        await new CacheMeasurement(_project.Engine, _project.Images).RunAsync(
            new CacheRequest { Build = _project.Spec, CodePath = "src/app.txt", DependencyPath = "src/app.txt" }, new RecordedEvents(), _limit.Token);

        Assert.Equal(before + CacheMeasurement.Builds, _project.Asked);
        Assert.Equal(record, await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(_project.Records)), _limit.Token));
    }

    private async Task ChangeAsync(string change)
    {
        string file = _project.Folder.Of("project/src/app.txt");
        switch (change)
        {
            case "content of the same length and time":
                DateTime time = File.GetLastWriteTimeUtc(file);
                await File.WriteAllTextAsync(file, "APP", _limit.Token);
                File.SetLastWriteTimeUtc(file, time);
                break;
            case "mode":
                File.SetUnixFileMode(file, UnixFileMode.UserRead);
                break;
            case "name":
                File.Move(_project.Folder.Of("project/src/link"), _project.Folder.Of("project/src/renamed"));
                break;
            case "file more":
                _project.Folder.Write("project/src/more.txt");
                break;
            case "file less":
                File.Delete(_project.Folder.Of("project/src/link"));
                break;
            case "target of a link":
                File.Delete(_project.Folder.Of("project/src/link"));
                File.CreateSymbolicLink(_project.Folder.Of("project/src/link"), "nowhere");
                break;
            case "Dockerfile":
                await File.AppendAllTextAsync(_project.Folder.Of("project/Dockerfile"), "\n# more\n", _limit.Token);
                break;
            case "ignore file":
                _project.Folder.Write("project/.dockerignore", "nothing\n");
                break;
            case "argument":
                _project.Spec = _project.Spec with { Arguments = new Dictionary<string, string?>(_project.Spec.Arguments) { ["API_TOKEN"] = "hunter3" } };
                break;
            case "stage":
                _project.Spec = _project.Spec with { Target = "tools" };
                break;
            case "label":
                _project.Spec = _project.Spec with { Labels = new Dictionary<string, string>(_project.Spec.Labels) { ["own"] = "label" } };
                break;
            case "tag more":
                _project.Spec = _project.Spec with { Names = [.. _project.Spec.Names, _project.Other] };
                break;
            case "network":
                _project.Spec = _project.Spec with { Network = "none" };
                break;
            case "platform":
                _project.Spec = _project.Spec with { Platform = $"{engine.Engine.Info.OperatingSystem}/{engine.Engine.Info.Architecture}" };
                break;
            case "shared memory":
                _project.Spec = _project.Spec with { ShmBytes = 1 << 20 };
                break;
            case "extra host":
                _project.Spec = _project.Spec with { ExtraHosts = ["elsewhere:10.1.2.3"] };
                break;
            case "cache by name":
                _project.Spec = _project.Spec with { CacheFrom = [EngineFixture.Image] };
                break;
            case "no cache":
                _project.Spec = _project.Spec with { NoCache = true };
                break;
            case "base image":
                await _project.MakeImageAsync(_project.Base, "LABEL more=1", _limit.Token);
                break;
            case "image under another name":
                await engine.Engine.TagImageAsync(EngineFixture.Image, _project.Spec.Names[0], _limit.Token);
                break;
            case "image gone":
                await engine.Engine.RemoveImageAsync(_project.Spec.Names[0], force: false, _limit.Token);
                break;
            case "record cut off":
                string record = Directory.GetFiles(_project.Records).Single();
                await File.WriteAllTextAsync(record, (await File.ReadAllTextAsync(record, _limit.Token))[..100], _limit.Token);
                break;
            case "record of another shape":
                await File.WriteAllTextAsync(Directory.GetFiles(_project.Records).Single(), "{\"Options\": null, \"Steps\": [null]}", _limit.Token);
                break;
            default:
                Assert.Fail(change);
                break;
        }
    }
}
