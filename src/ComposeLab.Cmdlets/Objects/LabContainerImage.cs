namespace ComposeLab;

/// <summary>An image that was created from a container.</summary>
public sealed class LabContainerImage
{
    /// <summary>The project.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <summary>The name of the image.</summary>
    public required string Image { get; init; }

    /// <summary>The id of the image.</summary>
    public required string ImageId { get; init; }

    /// <summary>The size of the image, in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The name of the image.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Image;
}
