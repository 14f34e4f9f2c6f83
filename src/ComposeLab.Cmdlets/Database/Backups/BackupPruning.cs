using ComposeLab.Errors;

namespace ComposeLab.Database.Backups;

/// <summary>Deletes outdated backups of a database in a folder. Files without a manifest are never touched.</summary>
internal static class BackupPruning
{
    /// <summary>Deletes them.</summary>
    /// <param name="retention">How many are kept.</param>
    /// <param name="newest">The path of the backup that was just taken.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The paths of the deleted backups, and the errors of those that could not be deleted.</returns>
    public static (IReadOnlyList<string> Removed, IReadOnlyList<string> Errors) Run(BackupRetention retention, string newest, BackupManifest manifest, CancellationToken token)
    {
        var found = new List<KnownBackup>();
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(newest)!, "*" + BackupManifest.Suffix))
        {
            token.ThrowIfCancellationRequested();
            string path = file[..^BackupManifest.Suffix.Length];
            try
            {
                BackupManifest other = BackupManifest.Read(path, token);
                if ((other.ProjectName, other.Service, other.Database.Name) == (manifest.ProjectName, manifest.Service, manifest.Database.Name))
                {
                    found.Add(new KnownBackup(path, other.StartedAt, other.Verified?.Ok));
                }
            }
            catch (LabException)
            {
                // Not a backup of this module: it is kept.
            }
        }

        var removed = new List<string>();
        var errors = new List<string>();
        foreach (string path in retention.Outdated(found).Select(backup => backup.Path))
        {
            try
            {
                Delete(path);
                removed.Add(path);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                errors.Add($"{path}: {refused.Message}");
            }
        }

        return (removed, errors);
    }

    // The manifest goes last: what is left of an interrupted deletion is still recognized as a backup, which a test rejects.
    private static void Delete(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        File.Delete(path);
        File.Delete(path + ".globals.sql");
        File.Delete(BackupManifest.PathOf(path));
    }
}
