using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;

namespace ComposeLab.Engine.Images.Caching;

/// <summary>
/// Measures how well a Dockerfile uses the build cache: builds a copy of the context, changes one file of it, builds again, and reports which steps ran. The user's
/// files and images are not changed; the images of the measurement are removed.
/// </summary>
/// <param name="engine">The engine.</param>
/// <param name="images">Builds images on it.</param>
public sealed class CacheMeasurement(IEngine engine, EngineImages images)
{
    /// <summary>The number of builds in a measurement: the first fills the cache.</summary>
    public static int Builds => 4;

    private static readonly TimeSpan CleanUpLimit = TimeSpan.FromSeconds(20);

    /// <summary>Measures an image.</summary>
    /// <param name="request">The image and the files to change.</param>
    /// <param name="events">Receives the steps of the builds as they begin and end.</param>
    /// <param name="token">Cancels the builds.</param>
    /// <returns>One outcome for each scenario, in the order of the enumeration.</returns>
    /// <exception cref="EngineException">ImageBuildFailed; PathNotInContext.</exception>
    public async Task<IReadOnlyList<CacheOutcome>> RunAsync(CacheRequest request, IEngineEvents events, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(request);
        using ContextCopy copy = ContextCopy.Of(request.Build, token);
        var choice = new ContextChoice(request.Build, copy.Files);
        string code = choice.Code(request.CodePath);
        string dependency = choice.Dependency(request.DependencyPath);
        string mark = Guid.NewGuid().ToString("N");
        string image = $"composelab-cache/{mark}";
        try
        {
            await BuildAsync(copy.Build, $"{image}:first", events, token).ConfigureAwait(false);
            return
            [
                await MeasureAsync(copy, CacheScenario.Unchanged, null, image, mark, events, token).ConfigureAwait(false),
                await MeasureAsync(copy, CacheScenario.Code, code, image, mark, events, token).ConfigureAwait(false),
                await MeasureAsync(copy, CacheScenario.Dependency, dependency, image, mark, events, token).ConfigureAwait(false),
            ];
        }
        finally
        {
            await RemoveAsync(image).ConfigureAwait(false);
        }
    }

    private async Task<CacheOutcome> MeasureAsync(
        ContextCopy copy, CacheScenario scenario, string? path, string image, string mark, IEngineEvents events, CancellationToken token)
    {
        using IDisposable? change = path is null ? null : copy.Append(path, FileKinds.Harmless(path, $"composelab {mark}"));
        ImageBuildResult result = await BuildAsync(copy.Build, $"{image}:{scenario.ToString().ToLowerInvariant()}", events, token).ConfigureAwait(false);
        return new CacheOutcome
        {
            Scenario = scenario,
            ChangedPath = path,
            Duration = result.Duration,
            Steps = StepCauses.Of(result.Steps, path),
        };
    }

    // With the labels, the image would look like one of the project; settings that disable the cache would falsify the measurement.
    private Task<ImageBuildResult> BuildAsync(BuildSpec build, string name, IEngineEvents events, CancellationToken token) => images.BuildAsync(
        build with { Names = [name], Labels = new Dictionary<string, string>(), NoCache = false, Pull = false }, events, token);

    private async Task RemoveAsync(string image)
    {
        using var limit = new CancellationTokenSource(CleanUpLimit);
        foreach (string tag in Enum.GetNames<CacheScenario>().Select(name => name.ToLowerInvariant()).Append("first"))
        {
            try
            {
                await engine.RemoveImageAsync($"{image}:{tag}", force: false, limit.Token).ConfigureAwait(false);
            }
            catch (EngineException)
            {
                // It was not built, or the engine is unreachable: nothing to remove.
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}

/// <summary>The result of a build after one change.</summary>
public sealed record CacheOutcome
{
    /// <summary>The changed kind of file.</summary>
    public required CacheScenario Scenario { get; init; }

    /// <summary>The changed file, relative to the context, or null.</summary>
    public required string? ChangedPath { get; init; }

    /// <summary>The duration of the build.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The steps, each with the reason why it ran; the reason is empty for a step from the cache.</summary>
    public required IReadOnlyList<(BuildStep Step, string Why)> Steps { get; init; }
}

/// <summary>A request to measure an image's use of the build cache.</summary>
public sealed record CacheRequest
{
    /// <summary>How the image is built.</summary>
    public required BuildSpec Build { get; init; }

    /// <summary>The file or folder of source code, relative to the context; null means to search for it.</summary>
    public string? CodePath { get; init; }

    /// <summary>The file that names dependencies, or a folder with one, relative to the context; null means to search for it.</summary>
    public string? DependencyPath { get; init; }
}

/// <summary>The change between two builds of the same image.</summary>
public enum CacheScenario
{
    /// <summary>No change.</summary>
    Unchanged,

    /// <summary>A file of source code.</summary>
    Code,

    /// <summary>A file that names dependencies.</summary>
    Dependency,
}
