using System.Collections.Concurrent;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Images.Buildx;
using ComposeLab.Engine.Images.Credentials;
using ComposeLab.Engine.Images.Pulling;

namespace ComposeLab.Engine.Images;

/// <summary>Provides images on an engine with the engine's own builder and pulls.</summary>
/// <param name="engine">The engine; the caller disposes it.</param>
/// <param name="environment">The OS environment; it contains the location of the docker client's credentials.</param>
public sealed class EngineImages(IEngine engine, IReadOnlyDictionary<string, string> environment) : IImageSource
{
    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);
    private readonly ImagePuller _puller = new(engine, environment, new PullLimits(), TimeProvider.System);
    private readonly ImagePusher _pusher = new(engine, environment, new PullLimits(), TimeProvider.System);

    private readonly Lazy<string?> _buildx = new(() => BuildxPlugin.Find(environment));

    /// <inheritdoc/>
    public string? Buildx => _buildx.Value;

    /// <inheritdoc/>
    public async Task BuildAsync(ComposeProject project, ServiceDefinition service, string image, IEngineEvents events, CancellationToken token)
    {
        // Builds of a start begin at the same time. A build that needs the image of another one waits for it, but only if that build was started.
        var means = new BuildMeans(Buildx is not null, IsForStart: true);
        BuildSpec build = ServiceBuild.Of(project, service, image, means);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (string name in build.Names)
        {
            _running[BuildOrder.Tagged(name)] = done.Task;
        }

        try
        {
            BuildOrder.Of([.. ServiceBuilds.Buildable(project, means)]);
            await WaitForAsync(build, token).ConfigureAwait(false);
            await BuildAsync(build, events, token).ConfigureAwait(false);
        }
        finally
        {
            done.SetResult();
        }
    }

    private async Task WaitForAsync(BuildSpec build, CancellationToken token)
    {
        HashSet<string> own = [.. build.Names.Select(BuildOrder.Tagged)];
        foreach (string image in BuildOrder.Images(build).Where(image => !own.Contains(image)))
        {
            // The query to the engine gives the other builds time to start.
            await engine.InspectImageAsync(image, token).ConfigureAwait(false);
            if (_running.TryGetValue(image, out Task? other))
            {
                await other.WaitAsync(token).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Builds an image. Base images that need a login are pulled first.</summary>
    /// <param name="build">What to build.</param>
    /// <param name="events">Receives the steps as they begin and end; their parent is the image.</param>
    /// <param name="token">Cancels the build.</param>
    /// <returns>The image and its steps.</returns>
    /// <exception cref="EngineException">ImageBuildFailed; ImagePullFailed for a base image; BuildxNotFound.</exception>
    public async Task<ImageBuildResult> BuildAsync(BuildSpec build, IEngineEvents events, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(build);
        if (build.NeedsBuildx)
        {
            return await Builder(build).BuildAsync(build, events, token).ConfigureAwait(false);
        }

        BuildSpec ready = await new PrivateBaseImages(engine, _puller, environment).FetchAsync(build, events, token).ConfigureAwait(false);
        return await ImageBuilder.BuildAsync(engine, ready, events, token).ConfigureAwait(false);
    }

    /// <summary>Checks the Dockerfile of a build with docker-buildx. Nothing is built.</summary>
    /// <param name="build">The build.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>What the builder recommends to change.</returns>
    /// <exception cref="EngineException">ImageBuildFailed: the Dockerfile is not valid, or the builder does not support checks; BuildxNotFound.</exception>
    public Task<IReadOnlyList<DockerfileWarning>> CheckAsync(BuildSpec build, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(build);
        return Builder(build).CheckAsync(build, token);
    }

    private BuildxBuilder Builder(BuildSpec build) => new(engine, engine.Info.Endpoint, Buildx ?? throw BuildxPlugin.Missing(build, environment), environment);

    /// <inheritdoc/>
    public Task PullAsync(string image, string? platform, IEngineEvents events, CancellationToken token) =>
        _puller.PullAsync(image, platform, events, token);

    /// <summary>Pushes an image to its registry.</summary>
    /// <param name="image">The image's name.</param>
    /// <param name="events">Receives layers as they are sent; their parent is <c>image NAME</c>.</param>
    /// <param name="token">Cancels the push.</param>
    /// <returns>Completes when the registry has the image.</returns>
    /// <exception cref="EngineException">ImagePushFailed; ImageNotFound: the engine does not have the image.</exception>
    public Task PushAsync(string image, IEngineEvents events, CancellationToken token) => _pusher.PushAsync(image, events, token);

    /// <summary>Reads the digest that the registry has for an image. Nothing is pulled.</summary>
    /// <param name="image">The image's name.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The digest, including <c>sha256:</c>.</returns>
    /// <exception cref="EngineException">ImageDigestUnknown.</exception>
    public async Task<string> ReadDigestAsync(string image, CancellationToken token)
    {
        RegistryCredential? credential = await DockerConfigFile.Read(environment).FindAsync(ImageRegistry.Of(image), token).ConfigureAwait(false);
        try
        {
            return await engine.ReadRegistryDigestAsync(new RegistryRequest(BuildOrder.Tagged(image), credential), token).ConfigureAwait(false);
        }
        catch (EngineException fault) when (fault.StatusCode is not null)
        {
            throw PullFailure.OfDigest(image, fault);
        }
    }
}
