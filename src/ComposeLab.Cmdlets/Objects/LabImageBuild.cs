namespace ComposeLab;

/// <summary>A finished build of an image.</summary>
public sealed class LabImageBuild
{
    /// <summary>The project that the image belongs to.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service that the image was built for.</summary>
    public required string Service { get; init; }

    /// <summary>The image's name.</summary>
    public required string Image { get; init; }

    /// <summary>The image's id, with its <c>sha256:</c>.</summary>
    public required string ImageId { get; init; }

    /// <summary>Bytes, layers shared with other images included.</summary>
    public required long Size { get; init; }

    /// <summary>How long the build took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Bytes of files that were read from the build context and sent to the engine.</summary>
    public required long ContextBytes { get; init; }

    /// <summary>The instructions in the order in which they began.</summary>
    public required IReadOnlyList<LabBuildStep> Steps { get; init => field = Indexable.Of(value); }

    /// <summary>How many steps came from the cache.</summary>
    public int CachedSteps => Steps.Count(step => step.Cached);

    /// <summary>Names the build, for messages.</summary>
    /// <returns>The image's name.</returns>
    public override string ToString() => Image;
}
