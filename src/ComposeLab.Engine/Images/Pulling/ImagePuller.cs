using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Images.Credentials;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Images.Pulling;

/// <summary>Pulls images with the docker client's credentials and retries after transient errors. Existing parts of an image are not downloaded again.</summary>
/// <param name="engine">The engine.</param>
/// <param name="environment">The OS environment; it contains the location of the docker client's credentials.</param>
/// <param name="limits">The limits of pulls.</param>
/// <param name="time">Measures pauses and timeouts.</param>
internal sealed class ImagePuller(IEngine engine, IReadOnlyDictionary<string, string> environment, PullLimits limits, TimeProvider time)
{
    /// <summary>Pulls an image.</summary>
    /// <param name="image">The image's name.</param>
    /// <param name="platform">The platform as <c>os/arch[/variant]</c>; null means the engine's platform.</param>
    /// <param name="events">Receives the progress of the layers.</param>
    /// <param name="token">Cancels the pull.</param>
    /// <returns>Completes when the engine has the image.</returns>
    /// <exception cref="EngineException">ImagePullFailed.</exception>
    public async Task PullAsync(string image, string? platform, IEngineEvents events, CancellationToken token)
    {
        var request = new ImagePullRequest
        {
            Image = image,
            Platform = platform,
            Credential = await DockerConfigFile.Read(environment).FindAsync(ImageRegistry.Of(image), token).ConfigureAwait(false),
        };
        await new RegistryAttempts(limits, time).RunAsync(
            image,
            async (heard, stop) =>
            {
                var report = new PullReport(image, events, heard);
                await engine.PullImageAsync(request, report, stop).ConfigureAwait(false);
                return report.Error ?? await WrongPlatformAsync(request, token).ConfigureAwait(false);
            },
            (words, attempts, fault) => PullFailure.Of(image, platform, words, attempts, fault),
            events,
            token).ConfigureAwait(false);
    }

    // If the registry has only an image for another platform, an older engine pulls it without a message.
    private async Task<string> WrongPlatformAsync(ImagePullRequest request, CancellationToken token)
    {
        if (request.Platform is null
            || await engine.InspectImageAsync(request.Image, token).ConfigureAwait(false) is not { Architecture.Length: > 0 } image)
        {
            return "";
        }

        return ImagePlatform.Fits(request.Platform, image) ? "" : $"the image does not match the specified platform: it is for {ImagePlatform.Of(image)}";
    }
}

/// <summary>The limits of a pull.</summary>
internal sealed record PullLimits
{
    /// <summary>The maximum number of attempts, including the first.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>The pause before the second attempt; each subsequent pause is twice as long.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the engine may report no progress before the attempt counts as failed.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(2);
}
