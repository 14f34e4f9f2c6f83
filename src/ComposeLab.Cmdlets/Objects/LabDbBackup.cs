namespace ComposeLab;

/// <summary>A backup of a database.</summary>
public sealed class LabDbBackup
{
    /// <summary>The project that the database belongs to.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service of the database.</summary>
    public required string Service { get; init; }

    /// <summary>The database.</summary>
    public required string Database { get; init; }

    /// <summary>The path of the backup.</summary>
    public required string BackupFile { get; init; }

    /// <summary>The path of the manifest beside it.</summary>
    public required string ManifestFile { get; init; }

    /// <summary>The path of the file with roles and tablespaces; null if there is none.</summary>
    public string? GlobalsFile { get; init; }

    /// <summary>The format.</summary>
    public required LabDbBackupFormat Format { get; init; }

    /// <summary>The size of the backup, in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The size of the database on the server's disk, in bytes.</summary>
    public required long DatabaseSize { get; init; }

    /// <summary>The number of tables.</summary>
    public required int Tables { get; init; }

    /// <summary>The number of rows of all tables; null if the backup contains definitions only.</summary>
    public required long? Rows { get; init; }

    /// <summary>The version of the server.</summary>
    public required string ServerVersion { get; init; }

    /// <summary>When the snapshot was taken.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How long the backup took, without its test.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The SHA-256 checksum of the file; of a directory, null.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Whether the backup was restored and compared successfully; null if it was not tested.</summary>
    public bool? Verified { get; init; }

    /// <summary>The older backups that were deleted.</summary>
    public IReadOnlyList<string> Removed { get; init => field = Indexable.Of(value); } = Indexable.Of<string>([]);

    /// <summary>The path of the backup.</summary>
    /// <returns>The path.</returns>
    public override string ToString() => BackupFile;
}

/// <summary>The format of a backup.</summary>
public enum LabDbBackupFormat
{
    /// <summary>The compressed format of pg_dump.</summary>
    Custom,

    /// <summary>SQL statements.</summary>
    Plain,

    /// <summary>A directory with one compressed file for each table.</summary>
    Directory,
}
