namespace ComposeLab.Engine.Images.Caching;

/// <summary>An image whose use of the build cache is measured.</summary>
public sealed record CacheRequest
{
    /// <summary>How the image is built.</summary>
    public required BuildSpec Build { get; init; }

    /// <summary>The file or folder of source code, relative to the context; null lets it be found.</summary>
    public string? CodePath { get; init; }

    /// <summary>The file that names dependencies, or a folder with one, relative to the context; null lets it be found.</summary>
    public string? DependencyPath { get; init; }
}
