using System.Security.Cryptography;
using ComposeLab.Errors;
using ComposeLab.Files;

namespace ComposeLab.Database.Backups;

/// <summary>A file that only its owner can read, with the checksum of what was written. It gets its name when it is complete.</summary>
/// <param name="path">The file's full path.</param>
/// <param name="onBytes">Receives the size so far.</param>
internal sealed class HashedFile(string path, Action<long> onBytes) : WriteOnlyStream
{
    private readonly ReplacedFile _file = new(path, isPrivate: true);
    private HashingStream? _content;

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
        var block = new byte[HashingStream.BlockSize];
        long bytes = 0;
        int count;
        while ((count = await file.ReadAsync(block, token).ConfigureAwait(false)) > 0)
        {
            hash.AppendData(block, 0, count);
            onBytes(bytes += count);
        }

        return new BackupPart(Path.GetFileName(path), bytes, Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant());
    }

    /// <summary>Completes and describes what was written.</summary>
    /// <returns>Name, size and checksum.</returns>
    /// <exception cref="LabException">FileUnwritable.</exception>
    public BackupPart Describe() => Guarded(() =>
    {
        (long bytes, string sha256) = Content.Complete();
        return new BackupPart(Path.GetFileName(_file.Path), bytes, sha256);
    });

    /// <summary>Gives the file its name.</summary>
    /// <exception cref="LabException">FileUnwritable.</exception>
    public void Keep()
    {
        // A backup is complete when the disk has it, not only the system's memory.
        Guarded(() =>
        {
            ((FileStream)_file.Stream).Flush(flushToDisk: true);
            return true;
        });
        _file.Keep();
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        Guarded(() => Content.WriteAsync(buffer, cancellationToken));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content?.Dispose();
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private HashingStream Content => _content ??= new HashingStream(_file.Stream, onBytes);

    private T Guarded<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Without this, it would look like a lost connection to the engine.
            throw PrivateFile.Unwritable(_file.Path, fault);
        }
    }
}
