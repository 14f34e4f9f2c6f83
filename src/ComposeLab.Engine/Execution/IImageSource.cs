using ComposeLab.Compose.Model;

namespace ComposeLab.Engine.Execution;

/// <summary>Brings the images of services onto the engine.</summary>
public interface IImageSource
{
    /// <summary>Builds a service's image under the name the service runs it by, with the labels that make it the stack's own.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service, which has a build section.</param>
    /// <param name="image">The name the image gets.</param>
    /// <param name="events">Gets steps as they run; their parent is <c>image NAME</c>.</param>
    /// <param name="token">Cancels the build.</param>
    /// <returns>Completes when the engine has the image.</returns>
    /// <exception cref="EngineException">ImageBuildFailed.</exception>
    Task BuildAsync(ComposeProject project, ServiceDefinition service, string image, IEngineEvents events, CancellationToken token);

    /// <summary>Pulls an image.</summary>
    /// <param name="image">The image's name.</param>
    /// <param name="platform">The platform as <c>os/arch[/variant]</c>; null is the engine's own.</param>
    /// <param name="events">Gets layers as they come; their parent is <c>image NAME</c>.</param>
    /// <param name="token">Cancels the pull.</param>
    /// <returns>Completes when the engine has the image.</returns>
    /// <exception cref="EngineException">ImagePullFailed.</exception>
    Task PullAsync(string image, string? platform, IEngineEvents events, CancellationToken token);
}
