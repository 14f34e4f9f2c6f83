using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Images.Credentials;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Images.Pulling;

/// <summary>Pushes images with the docker client's credentials and retries after transient errors. Layers that the registry has are not sent again.</summary>
/// <param name="engine">The engine.</param>
/// <param name="environment">The OS environment; it contains the location of the docker client's credentials.</param>
/// <param name="limits">The limits of pushes.</param>
/// <param name="time">Measures pauses and timeouts.</param>
internal sealed class ImagePusher(IEngine engine, IReadOnlyDictionary<string, string> environment, PullLimits limits, TimeProvider time)
{
    /// <summary>Pushes an image.</summary>
    /// <param name="image">The image's name.</param>
    /// <param name="events">Receives the progress of the layers.</param>
    /// <param name="token">Cancels the push.</param>
    /// <returns>Completes when the registry has the image.</returns>
    /// <exception cref="EngineException">ImagePushFailed; ImageNotFound: the engine does not have the image.</exception>
    public async Task PushAsync(string image, IEngineEvents events, CancellationToken token)
    {
        if (await engine.InspectImageAsync(image, token).ConfigureAwait(false) is null)
        {
            throw new EngineException(EngineErrorId.ImageNotFound, $"Image '{image}' does not exist on the engine, so it cannot be pushed.", "Build it first")
            {
                Remedies = [Remedy.BuildImages([])],
            };
        }

        RegistryCredential? credential = await DockerConfigFile.Read(environment).FindAsync(ImageRegistry.Of(image), token).ConfigureAwait(false);
        await new RegistryAttempts(limits, time).RunAsync(
            image,
            async (heard, stop) =>
            {
                var report = new PushReport(image, events, heard);
                await engine.PushImageAsync(new RegistryRequest(image, credential), report, stop).ConfigureAwait(false);
                return report.Error ?? "";
            },
            (words, attempts, fault) => PullFailure.OfPush(image, words, attempts, fault),
            events,
            token).ConfigureAwait(false);
    }
}

/// <summary>Converts the engine's messages about the layers of a push to events.</summary>
/// <param name="image">The image's name.</param>
/// <param name="events">Receives the events.</param>
/// <param name="heard">Called for each line.</param>
internal sealed class PushReport(string image, IEngineEvents events, Action heard) : IProgress<ImagePullMessage>
{
    private readonly Dictionary<string, long> _sizes = new(StringComparer.Ordinal);

    /// <summary>Why the push failed, as reported in the engine's stream; null if it has not.</summary>
    public string? Error { get; private set; }

    /// <inheritdoc/>
    public void Report(ImagePullMessage value)
    {
        heard();
        if (value.Error is { } error)
        {
            Error = error;
        }
        else if (value.Layer.Length > 0)
        {
            Tell(value);
        }
    }

    private void Tell(ImagePullMessage message)
    {
        if (message.Total > 0)
        {
            _sizes[message.Layer] = message.Total;
        }

        long size = _sizes.GetValueOrDefault(message.Layer);
        bool done = message.Status is "Pushed" or "Layer already exists" || message.Status.StartsWith("Mounted from", StringComparison.Ordinal);
        events.Report(new EngineEvent
        {
            Resource = ResourceId.Layer(message.Layer),
            Parent = ResourceId.Image(image),
            Phase = done ? EventPhase.Done : EventPhase.Working,
            Status = message.Status.ToLowerInvariant(),

            // The engine counts the bytes of the archive, which can be a few more than those of the layer.
            Current = done ? size : Math.Min(message.Current, size),
            Total = size,
        });
    }
}
