namespace ComposeLab.Engine.Images.Sizes;

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
