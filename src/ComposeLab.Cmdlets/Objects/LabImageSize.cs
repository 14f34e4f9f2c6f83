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
