namespace ComposeLab;

/// <summary>A collation whose version was refreshed after its indexes were rebuilt.</summary>
public sealed class LabDbCollation
{
    /// <summary>The project.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service of the database.</summary>
    public required string Service { get; init; }

    /// <summary>The database.</summary>
    public required string Database { get; init; }

    /// <summary>The collation, as schema and name; null for the default one of the database.</summary>
    public required string? Collation { get; init; }

    /// <summary>The version that the indexes were created with.</summary>
    public required string? OldVersion { get; init; }

    /// <summary>The version of the server's system.</summary>
    public required string? NewVersion { get; init; }

    /// <summary>The collation on one line.</summary>
    /// <returns>Database, collation and versions.</returns>
    public override string ToString() => $"{Database}{(Collation is null ? "" : $" {Collation}")}: {OldVersion} -> {NewVersion}";
}
