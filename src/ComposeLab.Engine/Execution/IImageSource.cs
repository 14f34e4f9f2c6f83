using ComposeLab.Compose.Model;

namespace ComposeLab.Engine.Execution;

/// <summary>Provides the images of services on the engine.</summary>
public interface IImageSource
{
    /// <summary>The docker-buildx plugin, which builds what the engine's build API cannot; null if it is not installed.</summary>
    string? Buildx => null;

    /// <summary>Builds a service's image with the name that the service uses, and with the labels of the stack.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service, which has a build section.</param>
    /// <param name="image">The name of the image.</param>
    /// <param name="events">Receives the steps as they run; their parent is <c>image NAME</c>.</param>
    /// <param name="token">Cancels the build.</param>
    /// <returns>Completes when the engine has the image.</returns>
    /// <exception cref="EngineException">ImageBuildFailed.</exception>
    Task BuildAsync(ComposeProject project, ServiceDefinition service, string image, IEngineEvents events, CancellationToken token);

    /// <summary>Pulls an image.</summary>
    /// <param name="image">The image's name.</param>
    /// <param name="platform">The platform as <c>os/arch[/variant]</c>; null for that of the engine.</param>
    /// <param name="events">Receives layers as they arrive; their parent is <c>image NAME</c>.</param>
    /// <param name="token">Cancels the pull.</param>
    /// <returns>Completes when the engine has the image.</returns>
    /// <exception cref="EngineException">ImagePullFailed.</exception>
    Task PullAsync(string image, string? platform, IEngineEvents events, CancellationToken token);
}
