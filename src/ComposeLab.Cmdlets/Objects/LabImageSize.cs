namespace ComposeLab;

/// <summary>How large the image of a service is.</summary>
public sealed class LabImageSize
{
    /// <summary>The project's name; piped into a cmdlet for stacks it says which one is meant.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The lab profile; empty for the base file alone.</summary>
    public required string Profile { get; init; }

    /// <summary>The service that runs the image.</summary>
    public required string Service { get; init; }

    /// <summary>The image's name.</summary>
    public required string Image { get; init; }

    /// <summary>Whether the engine has the image; when it has not, everything measured is null.</summary>
    public required bool Exists { get; init; }

    /// <summary>The image's id, with its <c>sha256:</c>.</summary>
    public string? ImageId { get; init; }

    /// <summary>Bytes, layers shared with other images included.</summary>
    public long? Size { get; init; }

    /// <summary>Bytes of layers that other images on the engine have, too: removing this image does not free them.</summary>
    public long? SharedSize { get; init; }

    /// <summary>How many layers it has.</summary>
    public int? LayerCount { get; init; }

    /// <summary>The bytes as a share of the largest image of the same answer, from 0 to 1; the view draws it as a bar.</summary>
    public double? Share { get; init; }

    /// <summary>Names the image, for messages.</summary>
    /// <returns>The image's name.</returns>
    public override string ToString() => Image;
}

/// <summary>One layer of an image.</summary>
public sealed class LabImageLayer
{
    /// <summary>The project's name; piped into a cmdlet for stacks it says which one is meant.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The lab profile; empty for the base file alone.</summary>
    public required string Profile { get; init; }

    /// <summary>The service that runs the image.</summary>
    public required string Service { get; init; }

    /// <summary>The image's name.</summary>
    public required string Image { get; init; }

    /// <summary>The layer's number, from 1 for the lowest.</summary>
    public required int Number { get; init; }

    /// <summary>The instruction that made it, as a Dockerfile writes it; where none did, the image's own note in parentheses, as in <c>(imported)</c>. Secrets are masked;
    /// empty where the image does not tell.</summary>
    public required string Instruction { get; init; }

    /// <summary>Its bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The bytes as a share of the whole image, from 0 to 1.</summary>
    public required double Share { get; init; }

    /// <summary>The id of its content; equal layers of two images have the same one.</summary>
    public required string LayerId { get; init; }

    /// <summary>Names the layer, for messages.</summary>
    /// <returns>Image, number and instruction.</returns>
    public override string ToString() => $"{Image} {Number}: {Instruction}";
}

/// <summary>A service's image under one lab profile beside its image under another.</summary>
public sealed class LabImageDifference
{
    /// <summary>The project's name; piped into a cmdlet for stacks it says which one is meant.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>The lab profile that is looked at.</summary>
    public required string Profile { get; init; }

    /// <summary>The image under that profile; null where the service is not part of it.</summary>
    public required string? Image { get; init; }

    /// <summary>Its bytes; null where the engine does not have it.</summary>
    public required long? Size { get; init; }

    /// <summary>The lab profile it is compared with.</summary>
    public required string ReferenceProfile { get; init; }

    /// <summary>The image under that profile; null where the service is not part of it.</summary>
    public required string? ReferenceImage { get; init; }

    /// <summary>Its bytes; null where the engine does not have it.</summary>
    public required long? ReferenceSize { get; init; }

    /// <summary>How many bytes the image is larger than the other; null where one is missing.</summary>
    public long? Difference => Size - ReferenceSize;

    /// <summary>The layers the image has and the other has not, lowest first.</summary>
    public required IReadOnlyList<LabImageLayer> OnlyHere { get; init => field = Indexable.Of(value); }

    /// <summary>The bytes of <see cref="OnlyHere"/>.</summary>
    public long OnlyHereSize => OnlyHere.Sum(layer => layer.Size);

    /// <summary>Names the comparison, for messages.</summary>
    /// <returns>The service and both profiles.</returns>
    public override string ToString() => $"{Service}: {Profile} beside {ReferenceProfile}";
}
