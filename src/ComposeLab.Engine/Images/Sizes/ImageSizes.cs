using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Images.Sizes;

/// <summary>Measures images on an engine.</summary>
/// <param name="engine">The engine.</param>
public sealed class ImageSizes(IEngine engine)
{
    private const int CallsAtOnce = 8;
    private readonly Dictionary<string, IReadOnlyList<string>> _others = new(StringComparer.Ordinal);
    private bool _listed;

    /// <summary>Measures an image.</summary>
    /// <param name="image">Name or id.</param>
    /// <param name="token">Cancels the calls.</param>
    /// <returns>Its measures; null if image does not exist.</returns>
    /// <exception cref="EngineException">The engine does not answer.</exception>
    public async Task<ImageMeasure?> MeasureAsync(string image, CancellationToken token)
    {
        if (await engine.InspectImageAsync(image, token).ConfigureAwait(false) is not { } details)
        {
            return null;
        }

        await ListAsync(token).ConfigureAwait(false);
        IReadOnlyList<ImageHistoryStep> history = await engine.ReadImageHistoryAsync(details.Id, token).ConfigureAwait(false);
        IReadOnlyList<ImageLayer> layers = LayerList.Of(details.Layers, history);
        int shared = _others.Where(other => other.Key != details.Id).Select(other => LayerList.Common(details.Layers, other.Value)).DefaultIfEmpty().Max();
        return new ImageMeasure
        {
            Image = image,
            Id = details.Id,
            Size = details.Size,
            Layers = layers,
            SharedSize = layers.Take(shared).Sum(layer => layer.Size),
        };
    }

    private async Task ListAsync(CancellationToken token)
    {
        if (_listed)
        {
            return;
        }

        IReadOnlyList<ImageSummary> all = await engine.ListImagesAsync([], token).ConfigureAwait(false);
        var options = new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce, CancellationToken = token };
        await Parallel.ForEachAsync(all, options, async (image, cancel) =>
        {
            // One that is removed meanwhile shares nothing any more.
            if (await engine.InspectImageAsync(image.Id, cancel).ConfigureAwait(false) is { } details)
            {
                lock (_others)
                {
                    _others[details.Id] = details.Layers;
                }
            }
        }).ConfigureAwait(false);
        _listed = true;
    }
}

/// <summary>One layer of an image.</summary>
/// <param name="Id">The id of its content; equal layers of two images have the same one.</param>
/// <param name="Instruction">The instruction that made it, as a Dockerfile writes it; where none did, the note that the image carries, in parentheses. Secrets are masked.</param>
/// <param name="Size">Its bytes.</param>
public sealed record ImageLayer(string Id, string Instruction, long Size);

/// <summary>How large an image is, and of what.</summary>
public sealed record ImageMeasure
{
    /// <summary>The name it was asked for by.</summary>
    public required string Image { get; init; }

    /// <summary>The image's id, with its <c>sha256:</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Bytes, layers shared with other images included.</summary>
    public required long Size { get; init; }

    /// <summary>The layers, lowest first.</summary>
    public required IReadOnlyList<ImageLayer> Layers { get; init; }

    /// <summary>Bytes of layers that other images on the engine have, too: removing this image does not free them.</summary>
    public required long SharedSize { get; init; }
}
