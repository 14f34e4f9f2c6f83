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
        ImageBuilder.BuildAsync(engine, ServiceBuild.Of(project, service, image), events, token);

    /// <inheritdoc/>
    public Task PullAsync(string image, string? platform, IEngineEvents events, CancellationToken token) =>
        _puller.PullAsync(image, platform, events, token);
}
