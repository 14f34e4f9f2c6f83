namespace ComposeLab;

/// <summary>A restored database.</summary>
public sealed class LabDbRestore
{
    /// <summary>The project that the database belongs to now.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service of the database.</summary>
    public required string Service { get; init; }

    /// <summary>The restored database.</summary>
    public required string Database { get; init; }

    /// <summary>The name under which the replaced database was kept; null if there was none or it was dropped.</summary>
    public required string? PreviousDatabase { get; init; }

    /// <summary>The path of the backup.</summary>
    public required string BackupFile { get; init; }

    /// <summary>When the backup was taken.</summary>
    public required DateTimeOffset BackupCreatedAt { get; init; }

    /// <summary>The number of tables.</summary>
    public required int Tables { get; init; }

    /// <summary>The number of rows; null if the backup contains definitions only.</summary>
    public required long? Rows { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The restore on one line.</summary>
    /// <returns>The backup and the database.</returns>
    public override string ToString() => $"{BackupFile} -> {Database}";
}
