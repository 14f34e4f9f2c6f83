using System.Buffers;
using System.Threading.Channels;

namespace ComposeLab.Engine.Images.Context;

/// <summary>
/// A context that is read while another thread writes it. The writer is some megabytes ahead: the engine prepares a build before it reads the first byte, and
/// most contexts are complete by then. An error of the writer is an error for the reader, not a truncated archive.
/// </summary>
internal sealed class ContextStream : Stream
{
    private const int BlockBytes = 64 * 1024;
    private const int BlocksAhead = 64;

    private readonly Channel<ArraySegment<byte>> _blocks = Channel.CreateBounded<ArraySegment<byte>>(
        new BoundedChannelOptions(BlocksAhead) { SingleReader = true, SingleWriter = true });

    private readonly CancellationTokenSource _unread;
    private ArraySegment<byte> _block = ArraySegment<byte>.Empty;
    private int _taken;
    private bool _disposed;

    /// <summary>Starts to write.</summary>
    /// <param name="write">Writes the archive and closes the stream it is given.</param>
    /// <param name="token">Cancels it, as disposing this does.</param>
    public ContextStream(Action<Stream, CancellationToken> write, CancellationToken token)
    {
        _unread = CancellationTokenSource.CreateLinkedTokenSource(token);
        CancellationToken unread = _unread.Token;
        _ = Task.Run(() => Write(write, unread), CancellationToken.None);
    }

    /// <summary>The error of the writer; null while there is none. The reader's client may report it as a lost connection, or as a server that is not an engine.</summary>
    public Exception? Fault { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        while (_taken == _block.Count)
        {
            Return(_block);
            (_block, _taken) = (ArraySegment<byte>.Empty, 0);
            if (!await _blocks.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                return 0;
            }

            _ = _blocks.Reader.TryRead(out _block);
        }

        int count = Math.Min(buffer.Length, _block.Count - _taken);
        _block.AsMemory(_taken, count).CopyTo(buffer);
        _taken += count;
        return count;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // Both the client library and the code that opened the stream dispose it.
        if (disposing && !_disposed)
        {
            _disposed = true;
            _unread.Cancel();
            _unread.Dispose();
        }

        base.Dispose(disposing);
    }

    private static void Return(ArraySegment<byte> block)
    {
        if (block.Count > 0)
        {
            ArrayPool<byte>.Shared.Return(block.Array!);
        }
    }

    private void Write(Action<Stream, CancellationToken> write, CancellationToken unread)
    {
        Exception? fault = null;
        try
        {
            // The reader gets a few large pieces instead of separate ones for a header, a file and its padding.
            write(new BufferedStream(new BlockWriter(_blocks.Writer, unread), BlockBytes), unread);
        }
        catch (Exception caught)
        {
            fault = caught;
            Fault = caught is OperationCanceledException ? null : caught;
        }

        _blocks.Writer.Complete(fault);
    }
}
