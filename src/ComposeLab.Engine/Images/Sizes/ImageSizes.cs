using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Images.Sizes;

/// <summary>Measures images on an engine.</summary>
/// <param name="engine">The engine.</param>
public sealed class ImageSizes(IEngine engine)
{
    private const int CallsAtOnce = 8;
    private readonly Dictionary<string, IReadOnlyList<string>> _others = new(StringComparer.Ordinal);
    private bool _listed;
    private Task<EngineDescription>? _description;

    /// <summary>Measures an image.</summary>
    /// <param name="image">Name or id.</param>
    /// <param name="token">Cancels the calls.</param>
    /// <returns>Its sizes; null if the image does not exist.</returns>
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
        ImageSpace space = await SpaceAsync(details, history, token).ConfigureAwait(false);
        return new ImageMeasure
        {
            Image = image,
            Id = details.Id,
            Size = space.Size,
            ContentSize = space.ContentSize,
            Layers = layers,
            SharedSize = layers.Take(shared).Sum(layer => layer.Size),
        };
    }

    /// <summary>Measures the space of an image without its layers.</summary>
    /// <param name="details">The image.</param>
    /// <param name="token">Cancels the calls.</param>
    /// <returns>Its space.</returns>
    public async Task<ImageSpace> MeasureSpaceAsync(ImageDetails details, CancellationToken token) =>
        await KeepsContentAsync(token).ConfigureAwait(false)
            ? await SpaceAsync(details, await engine.ReadImageHistoryAsync(details.Id, token).ConfigureAwait(false), token).ConfigureAwait(false)
            : new ImageSpace(details.Size, null);

    /// <summary>Measures the space of an image whose history is known.</summary>
    /// <param name="details">The image.</param>
    /// <param name="history">Its history.</param>
    /// <param name="token">Cancels the calls.</param>
    /// <returns>Its space.</returns>
    public async Task<ImageSpace> SpaceAsync(ImageDetails details, IReadOnlyList<ImageHistoryStep> history, CancellationToken token)
    {
        // containerd's store reports the compressed content of an image, but the unpacked size of its layers; the older stores report the same for both.
        long unpacked = history.Sum(step => step.Size);
        return unpacked > 0 && unpacked != details.Size && await KeepsContentAsync(token).ConfigureAwait(false)
            ? new ImageSpace(unpacked, details.Size)
            : new ImageSpace(details.Size, null);
    }

    // Asked for once; several images are measured at the same time.
    private async Task<bool> KeepsContentAsync(CancellationToken token)
    {
        Task<EngineDescription> asked;
        lock (_others)
        {
            asked = _description ??= engine.DescribeAsync(token);
        }

        return (await asked.ConfigureAwait(false)).UsesContainerdStore;
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
            // An image that was removed in the meantime shares nothing.
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

/// <summary>The space of an image.</summary>
/// <param name="Size">The bytes of the unpacked layers, including shared ones: the same on every engine, up to the blocks that containerd's store counts.</param>
/// <param name="ContentSize">The bytes of the compressed content, which is what a pull transfers; null if the engine's store does not keep it.</param>
public sealed record ImageSpace(long Size, long? ContentSize);

/// <summary>One layer of an image.</summary>
/// <param name="Id">The ID of its content; equal layers of two images have the same ID.</param>
/// <param name="Instruction">The instruction that created it, as in a Dockerfile. Without one, the image's comment in parentheses. Secrets are masked.</param>
/// <param name="Size">Its bytes.</param>
public sealed record ImageLayer(string Id, string Instruction, long Size);

/// <summary>The size of an image and of its layers.</summary>
public sealed record ImageMeasure
{
    /// <summary>The requested name.</summary>
    public required string Image { get; init; }

    /// <summary>The image's id, with its <c>sha256:</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The size in bytes of the unpacked layers, including shared ones: the same on every engine.</summary>
    public required long Size { get; init; }

    /// <summary>The size in bytes of the compressed content, which is what a pull transfers; null if the engine's store does not keep it.</summary>
    public long? ContentSize { get; init; }

    /// <summary>The layers, lowest first.</summary>
    public required IReadOnlyList<ImageLayer> Layers { get; init; }

    /// <summary>Bytes of layers that other images on the engine also use: removing this image does not free them.</summary>
    public required long SharedSize { get; init; }
}
