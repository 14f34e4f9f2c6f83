using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Images.Context;

namespace ComposeLab.Engine.Images.Memory;

/// <summary>Finds out which images a build would take something from.</summary>
/// <param name="engine">The engine.</param>
internal sealed class BaseImageIds(IEngine engine)
{
    /// <summary>Reads their ids.</summary>
    /// <param name="build">The build.</param>
    /// <param name="token">Cancels the calls.</param>
    /// <returns>
    /// The ids by name; null where they do not tell what will be built: the Dockerfile takes from elsewhere or is not understood, an image is not on the engine or for
    /// another platform, or brings instructions of its own.
    /// </returns>
    public async Task<Dictionary<string, string>?> OfAsync(BuildSpec build, CancellationToken token)
    {
        DockerfileImages named = DockerfileImages.Of(BuildContext.DockerfileText(build), build.Arguments);
        if (!named.AreAll || !IsOwnPlatform(build.Platform))
        {
            return null;
        }

        ImageDetails?[] found = await Task.WhenAll(named.Names.Select(name => engine.InspectImageAsync(name, token))).ConfigureAwait(false);
        return Array.TrueForAll(found, image => image is { HasTriggers: false } && IsOwnPlatform($"{image.OperatingSystem}/{image.Architecture}"))
            ? named.Names.Zip(found).ToDictionary(pair => pair.First, pair => pair.Second!.Id, StringComparer.Ordinal)
            : null;
    }

    private bool IsOwnPlatform(string? platform) => platform is null || platform == $"{engine.Info.OperatingSystem}/{engine.Info.Architecture}";
}
