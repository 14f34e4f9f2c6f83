using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using ComposeLab.Files;

namespace ComposeLab.Database.Backups;

/// <summary>
/// Writes to another stream, and calculates the checksum. An engine sends small pieces, and each write to a disk costs as much as a large one, so blocks are written
/// when they are full, by a thread of their own: the engine does not wait for the disk.
/// </summary>
/// <param name="target">Receives the bytes; not disposed with this.</param>
/// <param name="onBytes">Receives the size so far.</param>
internal sealed class HashingStream(Stream target, Action<long> onBytes) : WriteOnlyStream
{
    /// <summary>The size of a block, in bytes.</summary>
    public const int BlockSize = 1024 * 1024;

    private const int MostWaiting = 8;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly BlockingCollection<byte[]> _full = new(MostWaiting);
    private readonly ConcurrentBag<byte[]> _unused = [];
    private byte[] _block = new byte[BlockSize];
    private int _filled;
    private long _bytes;
    private Task? _writing;
    private volatile ExceptionDispatchInfo? _fault;

    /// <summary>Writes what is left.</summary>
    /// <returns>The size and the checksum, as lower-case hexadecimal digits.</returns>
    /// <exception cref="IOException">Not everything could be written.</exception>
    public (long Bytes, string Sha256) Complete()
    {
        Join();
        _fault?.Throw();
        Store(_block.AsSpan(0, _filled));
        onBytes(_bytes);
        return (_bytes, Convert.ToHexString(_hash.GetHashAndReset()).ToLowerInvariant());
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
            _bytes += count;
            if (_filled == BlockSize)
            {
                PassOn();
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Join();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private void PassOn()
    {
        _writing ??= Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _fault?.Throw();
        _full.Add(_block);
        _block = _unused.TryTake(out byte[]? unused) ? unused : new byte[BlockSize];
        _filled = 0;
        onBytes(_bytes);
    }

    private void Run()
    {
        foreach (byte[] block in _full.GetConsumingEnumerable())
        {
            // After an error, the rest is taken from the queue so that nobody waits.
            if (_fault is null)
            {
                try
                {
                    Store(block);
                }
                catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
                {
                    _fault = ExceptionDispatchInfo.Capture(fault);
                }
            }

            _unused.Add(block);
        }
    }

    private void Store(ReadOnlySpan<byte> block)
    {
        target.Write(block);
        _hash.AppendData(block);
    }

    private void Join()
    {
        _full.CompleteAdding();
        _writing?.GetAwaiter().GetResult();
    }
}
