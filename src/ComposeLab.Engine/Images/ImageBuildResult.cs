namespace ComposeLab.Engine.Images;

/// <summary>A finished build.</summary>
public sealed record ImageBuildResult
{
    /// <summary>The image's id, with its <c>sha256:</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The names it got.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Bytes, layers shared with other images included.</summary>
    public required long Size { get; init; }

    /// <summary>The instructions in the order in which they began.</summary>
    public required IReadOnlyList<BuildStep> Steps { get; init; }

    /// <summary>How long the build took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Bytes of files that were sent to the engine.</summary>
    public required long ContextBytes { get; init; }

    /// <summary>Whether the engine's builder was not asked, because nothing that shapes the image has changed since it was built.</summary>
    public bool IsUnchanged { get; init; }

    /// <summary>Why the build could not be remembered; null when it was, or need not be.</summary>
    public string? MemoryFault { get; init; }

    /// <summary>The digest of the context that was sent; null where it is not known.</summary>
    internal string? ContextDigest { get; init; }
}
