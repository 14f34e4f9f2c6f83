using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;

namespace ComposeLab.Engine.Images.Pulling;

/// <summary>Has an engine pull images.</summary>
/// <param name="engine">The engine.</param>
/// <param name="environment">The OS environment.</param>
internal sealed class ImagePuller(IEngine engine, IReadOnlyDictionary<string, string> environment)
{
    /// <summary>Pulls an image.</summary>
    /// <param name="image">The image's name.</param>
    /// <param name="platform">The platform as <c>os/arch[/variant]</c>; null is the engine's own.</param>
    /// <param name="events">Gets layers as they come.</param>
    /// <param name="token">Cancels the pull.</param>
    /// <returns>Completes when the engine has the image.</returns>
    /// <exception cref="EngineException">ImagePullFailed.</exception>
    public async Task PullAsync(string image, string? platform, IEngineEvents events, CancellationToken token)
    {
        _ = environment;
        var report = new PullReport(image, events);
        try
        {
            await engine.PullImageAsync(new ImagePullRequest { Image = image, Platform = platform }, report, token).ConfigureAwait(false);
        }
        catch (EngineException fault) when (fault.Id == EngineErrorId.EngineRefused)
        {
            throw PullFailure.Of(image, platform, fault.Message, fault);
        }

        if (report.Error is { } error)
        {
            throw PullFailure.Of(image, platform, error, null);
        }
    }
}
