using System.Security.Cryptography;
using ComposeLab.Files;

namespace ComposeLab.Database.Backups;

/// <summary>A file that only its owner can read, with the checksum of what was written. It gets its name when it is complete.</summary>
/// <param name="path">The file's full path.</param>
/// <param name="onBytes">Receives the size so far.</param>
internal sealed class HashedFile(string path, Action<long> onBytes) : WriteOnlyStream
{
    private readonly ReplacedFile _file = new(path, isPrivate: true);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _bytes;

    /// <summary>Reads the checksum of a file.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="onBytes">Receives the bytes so far.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Name, size and checksum; null if there is no file.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task<BackupPart?> ReadAsync(string path, Action<long> onBytes, CancellationToken token)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        var block = new byte[1024 * 1024];
        long bytes = 0;
        int count;
        while ((count = await file.ReadAsync(block, token).ConfigureAwait(false)) > 0)
        {
            hash.AppendData(block, 0, count);
            onBytes(bytes += count);
        }

        return new BackupPart(Path.GetFileName(path), bytes, Text(hash));
    }

    /// <summary>Describes what was written.</summary>
    /// <returns>Name, size and checksum.</returns>
    public BackupPart Describe() => new(Path.GetFileName(_file.Path), _bytes, Text(_hash));

    /// <summary>Gives the file its name.</summary>
    /// <exception cref="Errors.LabException">FileUnwritable.</exception>
    public void Keep()
    {
        try
        {
            // A backup is complete when the disk has it, not only the system's memory.
            ((FileStream)_file.Stream).Flush(flushToDisk: true);
        }
        catch (IOException fault)
        {
            throw PrivateFile.Unwritable(_file.Path, fault);
        }

        _file.Keep();
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await _file.Stream.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Without this, it would look like a lost connection to the engine.
            throw PrivateFile.Unwritable(_file.Path, fault);
        }

        _hash.AppendData(buffer.Span);
        onBytes(_bytes += buffer.Length);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private static string Text(IncrementalHash hash) => Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
}
