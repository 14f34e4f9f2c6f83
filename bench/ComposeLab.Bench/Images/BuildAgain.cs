using ComposeLab.Bench.Harness;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Images;

namespace ComposeLab.Bench.Images;

/// <summary>The most frequent build: nothing changed, and there is a gigabyte of ignored files in addition to the megabyte that is sent.</summary>
internal sealed class BuildAgain : IBenchmark
{
    /// <inheritdoc/>
    public string Name => "build-again";

    /// <inheritdoc/>
    public string Question => "an image built again without a change, 1 MB sent and 1 GB ignored, against docker build";

    /// <inheritdoc/>
    public async Task RunAsync(ResultTable results, CancellationToken token)
    {
        await MeasureAsync(20, 1, results, token);

        // Docker's client compares times and lengths and reads no file that has both unchanged: many small files are its best case.
        await MeasureAsync(1000, 1, results, token);
    }

    private static async Task MeasureAsync(int files, double atLeast, ResultTable results, CancellationToken token)
    {
        using var project = new BuildProject(files, ignoredBytes: 1L << 30);
        Command docker = project.Peer() ?? throw new BenchmarkUnavailableException("no docker client on PATH can build with BuildKit");
        var environment = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(pair => (string)pair.Key, pair => (string)pair.Value!, StringComparer.Ordinal);
        using IEngine engine = await EngineConnection.ConnectAsync(EngineEndpoint.Resolve(environment), token);
        var images = new EngineImages(engine, environment);
        var spec = new BuildSpec { Context = project.Folder, Names = [project.Image] };
        ImageBuildResult built = await images.BuildAsync(spec, new Silence(), token);

        var peer = Timing.Median(() => docker.Run(), repetitions: 11, warmups: 2, token);
        var engineAlone = Timing.Median(() => SendAsync(engine, project, token).GetAwaiter().GetResult(), repetitions: 11, warmups: 2, token);
        var ours = Timing.Median(() => images.BuildAsync(spec, new Silence(), token).GetAwaiter().GetResult(), repetitions: 11, warmups: 2, token);
        results.Ratio($"no-change build, {files} files", ours, peer, atLeast);
        results.Ratio("the engine alone, archive at hand", engineAlone, peer, 1);
        results.Count("bytes read of the context", (int)built.ContextBytes, BuildProject.Bytes);
    }

    // The lower limit for any client of the engine's build API: one call with an existing archive.
    private static async Task SendAsync(IEngine engine, BuildProject project, CancellationToken token)
    {
        using var archive = new MemoryStream(project.Archive, writable: false);
        using Stream answer = await engine.BuildImageAsync(archive, new ImageBuildRequest("Dockerfile", new ImageBuildOptions { Names = [project.Image] }), token);
        await answer.CopyToAsync(Stream.Null, token);
    }

    private sealed class Silence : IEngineEvents
    {
        public void Report(EngineEvent engineEvent)
        {
        }
    }
}
