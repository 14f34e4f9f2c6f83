using ComposeLab.Compose.Files;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Images;
using ComposeLab.Engine.Images.Buildx;
using ComposeLab.Engine.Tests.Execution;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Images.Buildx;

/// <summary>Builds with a shell script in place of the docker-buildx plugin.</summary>
public sealed class BuildxBuilderTests : IDisposable
{
    private const string Id = "sha256:0123";

    // Writes the image's id where the plugin is told to.
    private const string Built = """while [ "$1" != --iidfile ]; do shift; done; echo sha256:0123 > "$2";""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composelab-buildx-test-");
    private readonly RecordedEvents _events = new();
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(60));

    public void Dispose()
    {
        _stop.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_build_has_the_steps_and_the_image_that_the_plugin_reports()
    {
        Write("""
            echo '{"vertexes":[{"digest":"a","name":"[1/1] RUN echo hunter2","started":"2026-01-01T00:00:00Z","completed":"2026-01-01T00:00:02Z"}]}' >&2
            """ + "\n" + Built);

        ImageBuildResult result = await BuildAsync(Spec() with { Buildx = new BuildxOptions { Secrets = [new("s", null, "hunter2")] } });

        Assert.Equal((Id, 1234L, true), (result.Id, result.Size, result.IsOnEngine));
        BuildStep step = Assert.Single(result.Steps);
        Assert.Equal(TimeSpan.FromSeconds(2), step.Duration);
        Assert.DoesNotContain("hunter2", step.Instruction, StringComparison.Ordinal);
        Assert.Equal(["building", "built"], _events.All.Where(happened => happened.Parent is null).Select(happened => happened.Status));
        Assert.DoesNotContain(_events.All, happened => happened.Status.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failed_step_is_the_error_of_the_build()
    {
        Write("""
            echo '{"vertexes":[{"digest":"a","name":"[2/3] RUN make","started":"2026-01-01T00:00:00Z"}]}' >&2
            echo '{"logs":[{"vertex":"a","data":"bm8gcnVsZSBodW50ZXIyCg=="}]}' >&2
            echo '{"vertexes":[{"digest":"a","name":"[2/3] RUN make","started":"2026-01-01T00:00:00Z","completed":"2026-01-01T00:00:01Z","error":"exit code: 2"}]}' >&2
            echo 'ERROR: failed to solve: process "/bin/sh -c make" did not complete successfully: exit code: 2' >&2
            exit 1
            """);

        var fault = await Assert.ThrowsAsync<EngineException>(() => BuildAsync(Spec() with { Buildx = new BuildxOptions { Secrets = [new("s", null, "hunter2")] } }));

        Assert.Equal((EngineErrorId.ImageBuildFailed, 2, "RUN make"), (fault.Id, fault.Build!.ExitCode, fault.Build.Step!.Instruction));
        Assert.Contains("no rule", Assert.Single(fault.Build.Output), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault.Message, StringComparison.Ordinal);
        Assert.Equal("build failed", _events.All[^1].Status);
    }

    [Fact]
    public async Task An_error_in_the_Dockerfile_has_its_place()
    {
        Write("echo 'ERROR: failed to build: failed to solve: dockerfile parse error on line 3: unknown instruction: RUNN' >&2; exit 1");

        var fault = await Assert.ThrowsAsync<EngineException>(() => BuildAsync(Spec()));

        Assert.Equal((Path.Combine(_folder.FullName, "Dockerfile"), 3), (fault.Build!.Dockerfile, fault.Build.Line));
    }

    [Theory]
    [InlineData("no builder \"x\" found", "docker buildx ls")]
    [InlineData("granting entitlement security.insecure is not allowed by build daemon configuration", "Allow the entitlement")]
    [InlineData("Multi-platform build is not supported for the docker driver.", "Build one platform")]
    [InlineData("invalid empty ssh agent socket: make sure SSH_AUTH_SOCK is set", "ssh agent")]
    [InlineData("failed to solve: unsupported frontend capability moby.buildkit.frontend.contexts", "Docker 23")]
    [InlineData("unknown flag: --call", "Update the docker-buildx plugin")]
    public async Task Errors_of_the_plugin_have_advice_of_their_own(string error, string advice)
    {
        Write($"echo 'ERROR: {error}' >&2; exit 1");

        var fault = await Assert.ThrowsAsync<EngineException>(() => BuildAsync(Spec()));

        Assert.Equal(EngineErrorId.ImageBuildFailed, fault.Id);
        Assert.Contains(advice, fault.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_old_plugin_reports_progress_as_text()
    {
        Write("""
            case "$*" in *rawjson*) echo 'ERROR: invalid progress mode rawjson' >&2; exit 1;; esac
            echo '#5 [1/1] RUN make' >&2; echo '#5 DONE 0.1s' >&2
            """ + "\n" + Built);

        Assert.Equal("RUN make", Assert.Single((await BuildAsync(Spec())).Steps).Instruction);
    }

    [Fact]
    public async Task The_plugin_gets_the_selected_engine_and_the_secrets_in_its_environment()
    {
        Write("""echo "$DOCKER_HOST,$DOCKER_CONTEXT,$API_KEY,$COMPOSELAB_BUILD_SECRET_0" > "$KEEP"; """ + Built);

        await BuildAsync(Spec() with { Arguments = new Dictionary<string, string?> { ["API_KEY"] = "k" }, Buildx = new BuildxOptions { Secrets = [new("s", null, "v")] } });

        Assert.Equal("tcp://127.0.0.1:1,,k,v\n", await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "kept")));
    }

    [Fact]
    public async Task A_canceled_build_ends_the_plugin()
    {
        Write("""echo '{"vertexes":[{"digest":"a","name":"[1/1] RUN sleep","started":"2026-01-01T00:00:00Z"}]}' >&2; exec sleep 60""");
        var events = new WatchedEvents(happened => happened.Status.Contains("RUN sleep", StringComparison.Ordinal), _stop.Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Builder().BuildAsync(Spec(), events, _stop.Token).WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task A_plugin_that_cannot_be_run_is_an_error_of_the_build()
    {
        await File.WriteAllTextAsync(Program, "not a program");

        Assert.Equal(EngineErrorId.ImageBuildFailed, (await Assert.ThrowsAsync<EngineException>(() => BuildAsync(Spec()))).Id);
    }

    [Fact]
    public void The_plugin_is_found_in_the_folder_of_the_user_before_PATH()
    {
        var environment = new Dictionary<string, string> { ["DOCKER_CONFIG"] = _folder.FullName, ["PATH"] = $"relative{Path.PathSeparator}{_folder.FullName}" };
        string own = Path.Combine(_folder.FullName, "cli-plugins", "docker-buildx");
        Directory.CreateDirectory(Path.GetDirectoryName(own)!);
        File.WriteAllText(own, "");

        Assert.Equal(own, BuildxPlugin.Find(environment));
        Assert.Equal([Program], InstalledProgram.Places("docker-buildx", environment, HostPaths.Current));
    }

    [Fact]
    public void Without_the_plugin_the_refusal_names_its_folder()
    {
        EngineException fault = BuildxPlugin.Missing(Spec(), new Dictionary<string, string> { ["DOCKER_CONFIG"] = _folder.FullName });

        Assert.Equal((EngineErrorId.BuildxNotFound, "api"), (fault.Id, fault.Service));
        Assert.Contains(Path.Combine(_folder.FullName, "cli-plugins"), fault.Recommendation, StringComparison.Ordinal);
    }

    private string Program => Path.Combine(_folder.FullName, "docker-buildx");

    private BuildSpec Spec() => new() { Service = "api", Context = _folder.FullName, Names = ["lab-api"] };

    private Task<ImageBuildResult> BuildAsync(BuildSpec spec) => Builder().BuildAsync(spec, _events, _stop.Token);

    private BuildxBuilder Builder()
    {
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script.On($"InspectImageAsync {Id}", _ => Task.FromResult<object?>(new ImageDetails
        {
            Id = Id,
            Names = [],
            Digests = [],
            Created = null,
            Size = 1234,
            OperatingSystem = "linux",
            Architecture = "amd64",
            Variant = "",
            Layers = [],
            Labels = new Dictionary<string, string>(),
            ExposedPorts = [],
            HasHealthcheck = false,
            Environment = [],
            Volumes = [],
            User = "",
        }));
        script.On("ReadImageHistoryAsync", _ => Task.FromResult<object?>(Array.Empty<ImageHistoryStep>()));
        return new BuildxBuilder(engine, new EngineEndpoint(new Uri("tcp://127.0.0.1:1"), "DOCKER_HOST"), Program, new Dictionary<string, string>
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "",
            ["KEEP"] = Path.Combine(_folder.FullName, "kept"),
            ["DOCKER_CONTEXT"] = "other",
        });
    }

    private void Write(string script)
    {
        File.WriteAllText(Program, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
