namespace ComposeLab;

/// <summary>The result of the test of a backup.</summary>
public sealed class LabDbBackupTest
{
    /// <summary>The path of the backup.</summary>
    public required string BackupFile { get; init; }

    /// <summary>The project that the database belongs to.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service of the database.</summary>
    public required string Service { get; init; }

    /// <summary>The database.</summary>
    public required string Database { get; init; }

    /// <summary>Whether the backup is good: its files are unchanged, and it was restored to what its manifest describes.</summary>
    public required bool Ok { get; init; }

    /// <summary>What differs from the manifest; empty for a good backup.</summary>
    public required IReadOnlyList<LabDbDifference> Differences { get; init => field = Indexable.Of(value); }

    /// <summary>The number of tables of the manifest.</summary>
    public required int Tables { get; init; }

    /// <summary>The number of rows of the manifest; null if the backup contains definitions only.</summary>
    public required long? Rows { get; init; }

    /// <summary>The image of the server that restored it; empty if the files differ, so that nothing was restored.</summary>
    public required string Image { get; init; }

    /// <summary>When the backup was taken.</summary>
    public required DateTimeOffset BackupCreatedAt { get; init; }

    /// <summary>When the test began.</summary>
    public required DateTimeOffset TestedAt { get; init; }

    /// <summary>How long the test took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The result on one line.</summary>
    /// <returns>Whether it is good, or the first difference.</returns>
    public override string ToString() => Ok ? $"{BackupFile} is good" : $"{BackupFile}: {(Differences.Count > 0 ? Differences[0] : "not good")}";
}
