namespace ComposeLab;

/// <summary>A place at which two merged configs differ.</summary>
public sealed class LabConfigDifference
{
    /// <summary>The service; null for what belongs to none.</summary>
    public string? Service { get; init; }

    /// <summary>The place in the merged config, such as services.db.ports[5432/tcp].</summary>
    public required string Path { get; init; }

    /// <summary>How they differ.</summary>
    public required LabDifferenceKind Kind { get; init; }

    /// <summary>The value of the reference; null when it has none. Secrets are masked unless they were asked for.</summary>
    public string? Left { get; init; }

    /// <summary>The value of the other one; null when it has none. Secrets are masked unless they were asked for.</summary>
    public string? Right { get; init; }

    /// <summary>Where the left value comes from; null when no file gives it.</summary>
    public LabPlace? LeftOrigin { get; init; }

    /// <summary>Where the right value comes from; null when no file gives it.</summary>
    public LabPlace? RightOrigin { get; init; }

    /// <summary>The difference on one line.</summary>
    /// <returns>The path and both values.</returns>
    public override string ToString() => $"{Path}: {Left ?? "(nothing)"} -> {Right ?? "(nothing)"}";
}
