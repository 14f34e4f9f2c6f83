using System.Buffers;
using System.Threading.Channels;

namespace ComposeLab.Engine.Images.Context;

/// <summary>The end of a <see cref="ContextStream"/> that is written to: passes copies as blocks to the reader, and waits while the reader is too slow.</summary>
/// <param name="blocks">Receives the blocks; each is rented from the shared pool, and the reader returns it.</param>
/// <param name="unread">Cancels the wait when the reader has stopped.</param>
internal sealed class BlockWriter(ChannelWriter<ArraySegment<byte>> blocks, CancellationToken unread) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return;
        }

        byte[] block = ArrayPool<byte>.Shared.Rent(buffer.Length);
        buffer.CopyTo(block);
        var written = new ArraySegment<byte>(block, 0, buffer.Length);
        if (!blocks.TryWrite(written))
        {
            blocks.WriteAsync(written, unread).AsTask().GetAwaiter().GetResult();
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
