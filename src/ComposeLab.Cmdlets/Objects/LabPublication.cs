namespace ComposeLab;

/// <summary>A project that was published to a registry.</summary>
public sealed class LabPublication
{
    /// <summary>The project's name.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The name of the artifact, as -File and include accept it.</summary>
    public required string Reference { get; init; }

    /// <summary>The digest of the artifact, including <c>sha256:</c>.</summary>
    public required string Digest { get; init; }

    /// <summary>The name with the digest, which always names the same content. An include needs it.</summary>
    public required string PinnedReference { get; init; }

    /// <summary>The names of the published files, in the order in which they are read.</summary>
    public required IReadOnlyList<string> Files { get; init => field = Indexable.Of(value); }

    /// <summary>Their size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The images of the project that were pushed with it.</summary>
    public required IReadOnlyList<string> PushedImages { get; init => field = Indexable.Of(value); }

    /// <summary>What could have been published by mistake, and was accepted.</summary>
    public required IReadOnlyList<string> Risks { get; init => field = Indexable.Of(value); }

    /// <summary>Names the publication.</summary>
    /// <returns>The name of the artifact.</returns>
    public override string ToString() => Reference;
}
