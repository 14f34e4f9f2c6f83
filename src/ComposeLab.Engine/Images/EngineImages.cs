using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Images.Memory;
using ComposeLab.Engine.Images.Pulling;

namespace ComposeLab.Engine.Images;

/// <summary>Brings images onto an engine by the engine's own means: its builder, and its pulls.</summary>
/// <param name="engine">The engine; the caller disposes it.</param>
/// <param name="environment">The OS environment; it says where the docker client keeps its credentials.</param>
/// <param name="memory">The absolute folder where builds are remembered; null remembers none.</param>
public sealed class EngineImages(IEngine engine, IReadOnlyDictionary<string, string> environment, string? memory = null) : IImageSource
{
    private readonly BuildMemory _memory = new(engine, memory);
    private readonly ImagePuller _puller = new(engine, environment, new PullLimits(), TimeProvider.System);

    /// <inheritdoc/>
    public Task BuildAsync(ComposeProject project, ServiceDefinition service, string image, IEngineEvents events, CancellationToken token) =>
        BuildAsync(ServiceBuild.Of(project, service, image), events, token);

    /// <summary>Builds an image, unless nothing that shapes it has changed since it was built.</summary>
    /// <param name="build">What to build.</param>
    /// <param name="events">Gets the steps as they begin and end; their parent is <c>image NAME</c>.</param>
    /// <param name="token">Cancels the build.</param>
    /// <returns>The image and its steps.</returns>
    /// <exception cref="EngineException">ImageBuildFailed; ImagePullFailed for a base image.</exception>
    public async Task<ImageBuildResult> BuildAsync(BuildSpec build, IEngineEvents events, CancellationToken token) =>
        await _memory.RecallAsync(build, events, token).ConfigureAwait(false)
            ?? await _memory.RememberAsync(build, () => BuildByEngineAsync(build, events, token), token).ConfigureAwait(false);

    /// <summary>Has the engine build an image, whatever is known of earlier builds; base images behind a login are fetched first.</summary>
    /// <param name="build">What to build.</param>
    /// <param name="events">Gets the steps as they begin and end; their parent is <c>image NAME</c>.</param>
    /// <param name="token">Cancels the build.</param>
    /// <returns>The image and its steps.</returns>
    /// <exception cref="EngineException">ImageBuildFailed; ImagePullFailed for a base image.</exception>
    public async Task<ImageBuildResult> BuildByEngineAsync(BuildSpec build, IEngineEvents events, CancellationToken token)
    {
        BuildSpec ready = await new LockedBases(engine, _puller, environment).FetchAsync(build, events, token).ConfigureAwait(false);
        return await ImageBuilder.BuildAsync(engine, ready, events, token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task PullAsync(string image, string? platform, IEngineEvents events, CancellationToken token) =>
        _puller.PullAsync(image, platform, events, token);
}
