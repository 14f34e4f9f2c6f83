namespace ComposeLab.Database.Backups;

/// <summary>Creates the objects that users see from manifests.</summary>
internal static class BackupObjects
{
    /// <summary>Creates the object of a backup.</summary>
    /// <param name="path">The path of the backup.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="test">Its test; null if it was not tested.</param>
    /// <param name="removed">The older backups that were deleted.</param>
    /// <returns>The object.</returns>
    public static LabDbBackup Of(string path, BackupManifest manifest, LabDbBackupTest? test, IReadOnlyList<string> removed) => new()
    {
        ProjectName = manifest.ProjectName,
        Service = manifest.Service,
        Database = manifest.Database.Name,
        BackupFile = path,
        ManifestFile = BackupManifest.PathOf(path),
        GlobalsFile = manifest.Globals is { } globals ? Path.Combine(Path.GetDirectoryName(path) ?? ".", globals.Name) : null,
        Format = manifest.Format,
        Size = manifest.Bytes,
        DatabaseSize = manifest.Database.Bytes,
        Tables = manifest.Database.Tables.Count,
        Rows = manifest.Rows,
        ServerVersion = manifest.ServerVersion,
        CreatedAt = manifest.StartedAt,
        Duration = manifest.Duration,
        Sha256 = manifest.Files is [var only] ? only.Sha256 : null,
        Verified = test?.Ok,
        Removed = removed,
    };
}
