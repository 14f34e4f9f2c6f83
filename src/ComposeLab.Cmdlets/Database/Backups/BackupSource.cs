using System.IO.Compression;
using ComposeLab.Errors;
using ComposeLab.Files;

namespace ComposeLab.Database.Backups;

/// <summary>A backup that is read: its files and its manifest.</summary>
/// <param name="path">The full path of the backup.</param>
/// <param name="manifest">Its manifest.</param>
internal sealed class BackupSource(string path, BackupManifest manifest)
{
    /// <summary>The full path of the backup.</summary>
    public string Path => path;

    /// <summary>The manifest.</summary>
    public BackupManifest Manifest => manifest;

    /// <summary>The full path of the file with roles and tablespaces; null if there is none.</summary>
    public string? GlobalsPath => manifest.Globals is { } globals ? PathOf(globals) : null;

    private string Folder => System.IO.Path.GetDirectoryName(path) ?? ".";

    /// <summary>Finds a backup.</summary>
    /// <param name="path">The full path of the backup, or of its manifest.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The backup.</returns>
    /// <exception cref="LabException">BackupInvalid.</exception>
    public static BackupSource Open(string path, CancellationToken token)
    {
        string backup = System.IO.Path.TrimEndingDirectorySeparator(path.EndsWith(BackupManifest.Suffix, StringComparison.Ordinal) ? path[..^BackupManifest.Suffix.Length] : path);
        return new BackupSource(backup, BackupManifest.Read(backup, token));
    }

    /// <summary>Compares the files with the manifest.</summary>
    /// <param name="progress">Receives the bytes that were read.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The differences; empty if the files are unchanged.</returns>
    /// <exception cref="LabException">FileUnreadable.</exception>
    public async Task<IReadOnlyList<LabDbDifference>> CheckAsync(BackupProgress progress, CancellationToken token)
    {
        progress.Begin("check the files", total: manifest.Bytes);
        var differences = new List<LabDbDifference>();
        foreach (BackupPart expected in manifest.Globals is { } globals ? [.. manifest.Files, globals] : manifest.Files)
        {
            BackupPart? found = await ReadAsync(PathOf(expected), progress, token).ConfigureAwait(false);
            if (found is null)
            {
                differences.Add(Difference(expected, "the file", "missing"));
            }
            else if (found.Bytes != expected.Bytes)
            {
                differences.Add(Difference(expected, $"{expected.Bytes} bytes", $"{found.Bytes} bytes"));
            }
            else if (!string.Equals(found.Sha256, expected.Sha256, StringComparison.OrdinalIgnoreCase))
            {
                differences.Add(Difference(expected, $"SHA-256 {expected.Sha256}", $"SHA-256 {found.Sha256}"));
            }
        }

        return differences;
    }

    /// <summary>Opens the data for a restore; compressed SQL is decompressed, and a directory becomes an archive.</summary>
    /// <returns>The stream; the caller disposes it.</returns>
    /// <exception cref="LabException">FileUnreadable.</exception>
    public Stream OpenData()
    {
        if (manifest.Format == LabDbBackupFormat.Directory)
        {
            return PackedFolder.Open(path);
        }

        FileStream file = OpenFile(path);
        if (manifest.Format != LabDbBackupFormat.Plain)
        {
            return file;
        }

        bool isCompressed = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return isCompressed ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>Opens the file with roles and tablespaces.</summary>
    /// <returns>The stream; the caller disposes it.</returns>
    /// <exception cref="LabException">BackupInvalid: the backup has none; FileUnreadable.</exception>
    public Stream OpenGlobals() => OpenFile(GlobalsPath ?? throw new LabException(
        LabErrorId.BackupInvalid, $"{path} was created without roles and tablespaces.", "Omit -IncludeGlobal, or create a backup with Backup-LabDb -IncludeGlobal", path));

    /// <summary>Records the result of a test in the manifest.</summary>
    /// <param name="verdict">The result.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when it is written.</returns>
    /// <exception cref="LabException">FileUnwritable.</exception>
    public Task RecordAsync(BackupVerdict verdict, CancellationToken token) =>
        PrivateFile.WriteAsync(BackupManifest.PathOf(path), (manifest with { Verified = verdict }).Write(), PrivateFile.OwnerOnly, token);

    // A manifest names files of its own folder only.
    private string PathOf(BackupPart part) => (manifest.Globals == part, manifest.Format) switch
    {
        (true, _) => System.IO.Path.Combine(Folder, System.IO.Path.GetFileName(part.Name)),
        (_, LabDbBackupFormat.Directory) => System.IO.Path.Combine(path, System.IO.Path.GetFileName(part.Name)),
        _ => path,
    };

    private static LabDbDifference Difference(BackupPart part, string expected, string found) =>
        new() { Kind = LabDbDifferenceKind.File, Name = part.Name, Expected = expected, Found = found };

    private static async Task<BackupPart?> ReadAsync(string file, BackupProgress progress, CancellationToken token)
    {
        try
        {
            return await HashedFile.ReadAsync(file, progress.Bytes, token).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file, fault);
        }
    }

    private static FileStream OpenFile(string file)
    {
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file, fault);
        }
    }

    private static LabException Unreadable(string file, Exception fault) =>
        new(LabErrorId.FileUnreadable, $"Cannot read {file}: {fault.Message}", "Use a file that you have read access to", file, fault);
}
