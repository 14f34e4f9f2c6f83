using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Images.Pulling;

/// <summary>Converts the engine's messages about layers to events whose bytes can be added.</summary>
/// <param name="image">The image's name.</param>
/// <param name="events">Receives the events.</param>
/// <param name="heard">Called for each line.</param>
internal sealed class PullReport(string image, IEngineEvents events, Action heard) : IProgress<ImagePullMessage>
{
    private readonly Dictionary<string, long> _sizes = new(StringComparer.Ordinal);

    /// <summary>Why the pull failed, as reported in the engine's stream; null if it has not.</summary>
    public string? Error { get; private set; }

    /// <inheritdoc/>
    public void Report(ImagePullMessage value)
    {
        heard();
        if (value.Error is { } error)
        {
            Error = error;
        }
        else if (value.Layer.Length > 0 && !value.Status.StartsWith("Pulling from", StringComparison.Ordinal))
        {
            Tell(value);
        }
    }

    // A layer's bytes are counted twice, for the download and for the extraction. An existing layer is not counted.
    private void Tell(ImagePullMessage message)
    {
        if (message.Total > 0 && message.Status == "Downloading")
        {
            _sizes[message.Layer] = message.Total;
        }

        long size = _sizes.GetValueOrDefault(message.Layer, message.Total);
        long current = message.Status switch
        {
            "Downloading" => message.Current,
            "Verifying Checksum" or "Download complete" => size,
            "Extracting" => size + Math.Min(message.Current, size),
            "Pull complete" => 2 * size,
            _ => 0,
        };
        bool done = message.Status is "Pull complete" or "Already exists";
        events.Report(new EngineEvent
        {
            Resource = ResourceId.Layer(message.Layer),
            Parent = ResourceId.Image(image),
            Phase = done ? EventPhase.Done : EventPhase.Working,
            Status = message.Status.ToLowerInvariant(),
            Current = current,
            Total = 2 * size,
        });
    }
}
