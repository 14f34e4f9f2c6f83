using ComposeLab.Engine.Images;
using ComposeLab.Engine.Images.Buildx;
using ComposeLab.Engine.Tests.Images.Context;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Images.Buildx;

/// <summary>Builds with the docker-buildx plugin of this machine, which ./lab test fetches if it is not installed.</summary>
/// <param name="engine">The machine's engine.</param>
[Trait("Needs", "Engine")]
[Collection(EngineCollection.Name)]
public sealed class InstalledBuildxTests(EngineFixture engine) : IAsyncDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly RecordedEvents _events = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(60));
    private readonly string _name = $"composelab-tests/buildx-{Guid.NewGuid():N}:1";

    public async ValueTask DisposeAsync()
    {
        if (await engine.Engine.InspectImageAsync(_name, CancellationToken.None) is not null)
        {
            await engine.Engine.RemoveImageAsync(_name, force: true, CancellationToken.None);
        }

        _folder.Dispose();
        _limit.Dispose();
    }

    [Fact]
    public async Task A_build_with_secrets_ends_with_the_image_on_the_engine_and_without_the_secrets()
    {
        _folder.Write("token", "swordfish");
        BuildSpec spec = Spec($"""
            FROM {EngineFixture.Image}
            ARG WORD
            RUN --mount=type=secret,id=value --mount=type=secret,id=file grep -q 'hunter[0-9]' /run/secrets/value && grep -q 'sword[a-z]' /run/secrets/file && echo "$WORD" > /word
            """) with
        {
            NoCache = true,
            Arguments = new Dictionary<string, string?> { ["WORD"] = "said" },
            Buildx = new BuildxOptions { Secrets = [new("value", null, "hunter2"), new("file", Path.Combine(_folder.Path, "token"), null)] },
        };

        ImageBuildResult built = await Builder().BuildAsync(spec, _events, _limit.Token);

        Assert.Equal((await engine.Engine.InspectImageAsync(_name, _limit.Token))!.Id, built.Id);
        BuildStep run = Assert.Single(built.Steps, step => step.Instruction.StartsWith("RUN ", StringComparison.Ordinal));
        Assert.True(run is { Completed: true, Cached: false } && built.IsOnEngine && built.Size > 0);
        Assert.DoesNotContain(_events.All, happened => happened.Status.Contains("hunter2", StringComparison.Ordinal) || happened.Status.Contains("swordfish", StringComparison.Ordinal));
        Assert.DoesNotContain(await engine.Engine.ReadImageHistoryAsync(built.Id, _limit.Token), step => step.ToString()!.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failed_step_has_its_exit_code_and_its_output()
    {
        BuildSpec spec = Spec($"FROM {EngineFixture.Image}\nRUN echo first; echo last >&2; exit 42\n") with { Buildx = new BuildxOptions() };

        var fault = await Assert.ThrowsAsync<EngineException>(() => Builder().BuildAsync(spec, _events, _limit.Token));

        Assert.Equal((EngineErrorId.ImageBuildFailed, 42), (fault.Id, fault.Build!.ExitCode));
        Assert.Contains("last", string.Join('\n', fault.Build.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_in_the_Dockerfile_has_its_place()
    {
        BuildSpec spec = Spec($"FROM {EngineFixture.Image}\n\nRUNN nothing\n") with { Buildx = new BuildxOptions() };

        var fault = await Assert.ThrowsAsync<EngineException>(() => Builder().BuildAsync(spec, _events, _limit.Token));

        Assert.Equal((Path.Combine(_folder.Path, "Dockerfile"), 3), (fault.Build!.Dockerfile, fault.Build.Line));
    }

    private BuildSpec Spec(string dockerfile)
    {
        _folder.Write("Dockerfile", dockerfile);
        return new BuildSpec { Context = _folder.Path, Names = [_name] };
    }

    private BuildxBuilder Builder()
    {
        var environment = new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "", ["HOME"] = _folder.Path };
        string plugin = BuildxPlugin.Find(environment) ?? throw new InvalidOperationException("The test needs the docker-buildx plugin: ./lab test fetches it, or install it.");
        return new BuildxBuilder(engine.Engine, TestEngine.Endpoint(), plugin, environment);
    }
}
