namespace ComposeLab.Engine.Docker;

/// <summary>An image as a listing shows it.</summary>
public sealed record ImageSummary
{
    /// <summary>The id, with its <c>sha256:</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its names as <c>repository:tag</c>; empty where it has none.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Bytes, layers shared with other images included.</summary>
    public required long Size { get; init; }

    /// <summary>The labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
}
