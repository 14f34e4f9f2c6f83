namespace ComposeLab;

/// <summary>A database server that was updated to another major version, or returned to the previous one.</summary>
public sealed class LabDbUpdate
{
    /// <summary>The project.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service of the database.</summary>
    public required string Service { get; init; }

    /// <summary>The version before, such as <c>16.4</c>.</summary>
    public required string OldVersion { get; init; }

    /// <summary>The version now.</summary>
    public required string NewVersion { get; init; }

    /// <summary>The image before.</summary>
    public required string OldImage { get; init; }

    /// <summary>The image now.</summary>
    public required string NewImage { get; init; }

    /// <summary>The volume before, which is kept.</summary>
    public required string OldVolume { get; init; }

    /// <summary>The volume now.</summary>
    public required string NewVolume { get; init; }

    /// <summary>The databases that were moved; none for a rollback.</summary>
    public IReadOnlyList<string> Databases { get; init => field = Indexable.Of(value); } = [];

    /// <summary>The number of rows that were moved and compared; null for a rollback.</summary>
    public long? Rows { get; init; }

    /// <summary>The changed lines, as <c>file:line: new line</c>.</summary>
    public required IReadOnlyList<string> Changes { get; init => field = Indexable.Of(value); }

    /// <summary>The command that returns to the version before; null after a rollback.</summary>
    public string? Rollback { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The update on one line.</summary>
    /// <returns>The service and both versions.</returns>
    public override string ToString() => $"{ProjectName}/{Service}: PostgreSQL {OldVersion} -> {NewVersion}";
}
