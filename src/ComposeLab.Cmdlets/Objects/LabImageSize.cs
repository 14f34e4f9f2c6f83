namespace ComposeLab;

/// <summary>The size of the image of a service.</summary>
public sealed class LabImageSize
{
    /// <summary>The project name, which also selects the stack if the object is piped to another cmdlet.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The lab profile; empty for the base file alone.</summary>
    public required string Profile { get; init; }

    /// <summary>The service that uses the image.</summary>
    public required string Service { get; init; }

    /// <summary>The image's name.</summary>
    public required string Image { get; init; }

    /// <summary>Whether the image exists on the engine; if not, all measurements are null.</summary>
    public required bool Exists { get; init; }

    /// <summary>The image's id, including <c>sha256:</c>.</summary>
    public string? ImageId { get; init; }

    /// <summary>The size in bytes of the unpacked layers, including those shared with other images. It means the same on every engine.</summary>
    public long? Size { get; init; }

    /// <summary>The size in bytes of the compressed content, which a pull transfers; null if the engine's image store does not keep it.</summary>
    public long? ContentSize { get; init; }

    /// <summary>The size in bytes of layers that other images on the engine have too: removing this image does not free them.</summary>
    public long? SharedSize { get; init; }

    /// <summary>The number of layers.</summary>
    public int? LayerCount { get; init; }

    /// <summary>The size as a share of the largest image in the same result, from 0 to 1; the view shows it as a bar.</summary>
    public double? Share { get; init; }

    /// <summary>Names the image, for messages.</summary>
    /// <returns>The image's name.</returns>
    public override string ToString() => Image;
}

/// <summary>One layer of an image.</summary>
public sealed class LabImageLayer
{
    /// <summary>The project name, which also selects the stack if the object is piped to another cmdlet.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The lab profile; empty for the base file alone.</summary>
    public required string Profile { get; init; }

    /// <summary>The service that uses the image.</summary>
    public required string Service { get; init; }

    /// <summary>The image's name.</summary>
    public required string Image { get; init; }

    /// <summary>The layer's number, from 1 for the lowest.</summary>
    public required int Number { get; init; }

    /// <summary>The instruction that created it, as in a Dockerfile. Without one, the comment in the image in parentheses, such as <c>(imported)</c>. Secrets are
    /// masked; empty if unknown.</summary>
    public required string Instruction { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The size as a share of the whole image, from 0 to 1.</summary>
    public required double Share { get; init; }

    /// <summary>The id of its content; identical layers of two images have the same id.</summary>
    public required string LayerId { get; init; }

    /// <summary>Names the layer, for messages.</summary>
    /// <returns>Image, number and instruction.</returns>
    public override string ToString() => $"{Image} {Number}: {Instruction}";
}

/// <summary>The image of a service with one lab profile, compared with its image with another.</summary>
public sealed class LabImageDifference
{
    /// <summary>The project name, which also selects the stack if the object is piped to another cmdlet.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>The lab profile.</summary>
    public required string Profile { get; init; }

    /// <summary>The image with that profile; null if the service is not part of it.</summary>
    public required string? Image { get; init; }

    /// <summary>Its size in bytes; null if it does not exist on the engine.</summary>
    public required long? Size { get; init; }

    /// <summary>The lab profile to compare with.</summary>
    public required string ReferenceProfile { get; init; }

    /// <summary>The image with that profile; null if the service is not part of it.</summary>
    public required string? ReferenceImage { get; init; }

    /// <summary>Its size in bytes; null if it does not exist on the engine.</summary>
    public required long? ReferenceSize { get; init; }

    /// <summary>How many bytes larger the image is than the other one; null if one does not exist.</summary>
    public long? Difference => Size - ReferenceSize;

    /// <summary>The layers that the image has and the other one does not, lowest first.</summary>
    public required IReadOnlyList<LabImageLayer> OnlyHere { get; init => field = Indexable.Of(value); }

    /// <summary>The size in bytes of <see cref="OnlyHere"/>.</summary>
    public long OnlyHereSize => OnlyHere.Sum(layer => layer.Size);

    /// <summary>Names the comparison, for messages.</summary>
    /// <returns>The service and both profiles.</returns>
    public override string ToString() => $"{Service}: {Profile} compared with {ReferenceProfile}";
}
