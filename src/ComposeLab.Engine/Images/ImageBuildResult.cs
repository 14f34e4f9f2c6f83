namespace ComposeLab.Engine.Images;

/// <summary>A finished build.</summary>
public sealed record ImageBuildResult
{
    /// <summary>The image's id, with its <c>sha256:</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its names.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Whether the engine has the image. A builder outside of it can keep an image of several platforms to itself.</summary>
    public bool IsOnEngine { get; init; } = true;

    /// <summary>The size in bytes, including shared layers; 0 if the engine does not have the image.</summary>
    public required long Size { get; init; }

    /// <summary>The instructions in the order in which they began.</summary>
    public required IReadOnlyList<BuildStep> Steps { get; init; }

    /// <summary>The duration of the build.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Bytes of files that were sent to the engine.</summary>
    public required long ContextBytes { get; init; }
}
