using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Images.Context;
using ComposeLab.Engine.Images.Credentials;
using ComposeLab.Engine.Images.Pulling;

namespace ComposeLab.Engine.Images;

/// <summary>
/// Pulls base images from registries that require a login. The engine's builder cannot do this, because without a client session it has no credentials. Existing
/// images and public images are left to the builder.
/// </summary>
/// <param name="engine">The engine.</param>
/// <param name="puller">Pulls images.</param>
/// <param name="environment">The OS environment; it contains the location of the docker client's credentials.</param>
internal sealed class PrivateBaseImages(IEngine engine, ImagePuller puller, IReadOnlyDictionary<string, string> environment)
{
    /// <summary>Pulls the base images that a build needs.</summary>
    /// <param name="build">The build.</param>
    /// <param name="events">Receives the progress of the layers.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The build for the builder: if base images were pulled, it does not need to check for newer ones.</returns>
    /// <exception cref="EngineException">ImagePullFailed.</exception>
    public async Task<BuildSpec> FetchAsync(BuildSpec build, IEngineEvents events, CancellationToken token)
    {
        IReadOnlyList<string> bases = DockerfileImages.Of(BuildContext.DockerfileText(build), build.Arguments);
        DockerConfigFile config = DockerConfigFile.Read(environment);
        var locked = new List<string>();
        foreach (string image in bases)
        {
            if (await IsNeededAsync(build, image, token).ConfigureAwait(false)
                && await config.FindAsync(ImageRegistry.Of(image), token).ConfigureAwait(false) is not null)
            {
                locked.Add(image);
            }
        }

        if (locked.Count == 0)
        {
            return build;
        }

        foreach (string image in build.Pull ? bases : locked)
        {
            await puller.PullAsync(image, build.Platform, events, token).ConfigureAwait(false);
        }

        return build with { Pull = false };
    }

    private async Task<bool> IsNeededAsync(BuildSpec build, string image, CancellationToken token) =>
        build.Pull || await engine.InspectImageAsync(image, token).ConfigureAwait(false) is null;
}
