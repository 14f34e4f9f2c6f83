using System.Net;

namespace ComposeLab.Engine.Docker;

/// <summary>The maximum size of an answer. A server that exceeds it does not count as an engine.</summary>
/// <param name="Bytes">The maximum size in bytes of the whole answer, or of one message if the answer is a stream of messages.</param>
/// <param name="IsOfMessage">Whether <see cref="Bytes"/> is about each line of a stream.</param>
internal sealed record AnswerBounds(long Bytes, bool IsOfMessage)
{
    /// <summary>The maximum number of bytes of a JSON answer: 64 MiB.</summary>
    public const long Json = 64L * 1024 * 1024;

    /// <summary>The maximum number of bytes of one message in a stream of progress or events: 8 MiB.</summary>
    public const long Message = 8L * 1024 * 1024;

    /// <summary>The maximum number of bytes that are read of an error: 64 KiB.</summary>
    public const int Error = 64 * 1024;

    private static readonly string[] Raw = ["/logs", "/attach", "/start", "/export", "/archive", "/stats", "/wait", "/get"];
    private static readonly string[] Streams = ["/build", "/events", "/images/create", "/push"];

    /// <summary>The bounds of the answer to a request.</summary>
    /// <param name="path">The path of the request.</param>
    /// <returns>The bounds; null if the reader of the answer limits it.</returns>
    public static AnswerBounds? Of(string path) =>
        Array.Exists(Raw, end => path.EndsWith(end, StringComparison.Ordinal)) ? null
        : Array.Exists(Streams, end => path.EndsWith(end, StringComparison.Ordinal)) ? new AnswerBounds(Message, true)
        : new AnswerBounds(Json, false);

    /// <summary>Reads the start of an error.</summary>
    /// <param name="content">The content of the answer; disposed.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Content of at most <see cref="Error"/> bytes.</returns>
    public static async Task<HttpContent> ErrorAsync(HttpContent content, CancellationToken token)
    {
        using (content)
        {
            using Stream stream = await content.ReadAsStreamAsync(token).ConfigureAwait(false);
            var body = new byte[Error];
            int count = await stream.ReadAtLeastAsync(body, Error, throwOnEndOfStream: false, token).ConfigureAwait(false);
            return new ByteArrayContent(body, 0, count);
        }
    }
}

/// <summary>The content of an answer, which fails if it is larger than its bounds.</summary>
internal sealed class BoundedContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly AnswerBounds _bounds;

    /// <summary>Adds bounds to content.</summary>
    /// <param name="inner">The content; disposed with this.</param>
    /// <param name="bounds">The bounds.</param>
    public BoundedContent(HttpContent inner, AnswerBounds bounds)
    {
        (_inner, _bounds) = (inner, bounds);
        foreach ((string name, IEnumerable<string> values) in inner.Headers)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using Stream source = await CreateContentReadStreamAsync(cancellationToken).ConfigureAwait(false);
        await source.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override Task<Stream> CreateContentReadStreamAsync() => CreateContentReadStreamAsync(CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        new BoundedStream(await _inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), _bounds);

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? 0;
        return _inner.Headers.ContentLength is not null && length <= _bounds.Bytes;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>Reads a stream up to its bounds.</summary>
/// <param name="inner">The stream; disposed with this.</param>
/// <param name="bounds">The bounds.</param>
internal sealed class BoundedStream(Stream inner, AnswerBounds bounds) : Stream
{
    private long _count;

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
    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = inner.Read(buffer, offset, count);
        Note(buffer.AsSpan(offset, read));
        return read;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Note(buffer.Span[..read]);
        return read;
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
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Note(ReadOnlySpan<byte> bytes)
    {
        int end = bounds.IsOfMessage ? bytes.LastIndexOf((byte)'\n') : -1;
        _count = end < 0 ? _count + bytes.Length : bytes.Length - end - 1;
        if (_count > bounds.Bytes)
        {
            throw new InvalidDataException(bounds.IsOfMessage
                ? $"it sent a message of more than {bounds.Bytes / (1024 * 1024)} MiB"
                : $"it answered with more than {bounds.Bytes / (1024 * 1024)} MiB");
        }
    }
}
