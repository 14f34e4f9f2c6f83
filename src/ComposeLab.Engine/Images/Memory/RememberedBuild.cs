namespace ComposeLab.Engine.Images.Memory;

/// <summary>A build that succeeded, as it is kept for the next time.</summary>
internal sealed record RememberedBuild
{
    /// <summary>The digest of its options; see <see cref="BuildOptions.Digest"/>.</summary>
    public required string Options { get; init; }

    /// <summary>The digest of its context, Dockerfile included.</summary>
    public required string Context { get; init; }

    /// <summary>The id of the image that it made.</summary>
    public required string Image { get; init; }

    /// <summary>The ids of the images that the Dockerfile names, by name.</summary>
    public required Dictionary<string, string> Bases { get; init; }

    /// <summary>Its steps, without secrets.</summary>
    public required List<RememberedStep> Steps { get; init; }
}
