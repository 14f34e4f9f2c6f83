using System.Security.Cryptography;
using ComposeLab.Files;

namespace ComposeLab.Database.Backups;

/// <summary>A file that only its owner can read, with the checksum of what was written. It gets its name when it is complete.</summary>
/// <param name="path">The file's full path.</param>
/// <param name="onBytes">Receives the size so far.</param>
internal sealed class HashedFile(string path, Action<long> onBytes) : WriteOnlyStream
{
    private const int BlockSize = 1024 * 1024;

    private readonly ReplacedFile _file = new(path, isPrivate: true);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    // An engine sends small blocks, and each write to the disk costs as much as a large one.
    private readonly byte[] _block = new byte[BlockSize];
    private int _filled;
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

    /// <summary>Completes and describes what was written.</summary>
    /// <returns>Name, size and checksum.</returns>
    /// <exception cref="Errors.LabException">FileUnwritable.</exception>
    public BackupPart Describe()
    {
        WriteBlock();
        return new BackupPart(Path.GetFileName(_file.Path), _bytes, Text(_hash));
    }

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
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ReadOnlySpan<byte> rest = buffer.Span;
        while (!rest.IsEmpty)
        {
            int count = Math.Min(rest.Length, BlockSize - _filled);
            rest[..count].CopyTo(_block.AsSpan(_filled));
            rest = rest[count..];
            _filled += count;
            if (_filled == BlockSize)
            {
                WriteBlock();
            }
        }

        onBytes(_bytes += buffer.Length);
        return ValueTask.CompletedTask;
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

    private void WriteBlock()
    {
        try
        {
            _file.Stream.Write(_block, 0, _filled);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Without this, it would look like a lost connection to the engine.
            throw PrivateFile.Unwritable(_file.Path, fault);
        }

        _hash.AppendData(_block, 0, _filled);
        _filled = 0;
    }

    private static string Text(IncrementalHash hash) => Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
}
