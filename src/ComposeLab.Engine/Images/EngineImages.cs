using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Images.Pulling;

namespace ComposeLab.Engine.Images;

/// <summary>Brings images onto an engine by the engine's own means: its builder, and its pulls.</summary>
/// <param name="engine">The engine; the caller disposes it.</param>
/// <param name="environment">The OS environment; it says where the docker client keeps its credentials.</param>
public sealed class EngineImages(IEngine engine, IReadOnlyDictionary<string, string> environment) : IImageSource
{
    private readonly ImagePuller _puller = new(engine, environment, new PullLimits(), TimeProvider.System);

    /// <inheritdoc/>
    public Task BuildAsync(ComposeProject project, ServiceDefinition service, string image, IEngineEvents events, CancellationToken token) =>
        BuildAsync(ServiceBuild.Of(project, service, image), events, token);

    /// <summary>Builds an image. Base images that need a login are pulled first.</summary>
    /// <param name="build">What to build.</param>
    /// <param name="events">Receives the steps as they begin and end; their parent is the image.</param>
    /// <param name="token">Cancels the build.</param>
    /// <returns>The image and its steps.</returns>
    /// <exception cref="EngineException">ImageBuildFailed; ImagePullFailed for a base image.</exception>
    public async Task<ImageBuildResult> BuildAsync(BuildSpec build, IEngineEvents events, CancellationToken token)
    {
        BuildSpec ready = await new PrivateBaseImages(engine, _puller, environment).FetchAsync(build, events, token).ConfigureAwait(false);
        return await ImageBuilder.BuildAsync(engine, ready, events, token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task PullAsync(string image, string? platform, IEngineEvents events, CancellationToken token) =>
        _puller.PullAsync(image, platform, events, token);
}
