using System.Text;
using System.Text.Unicode;
using ComposeLab.Errors;

namespace ComposeLab.Stacks;

/// <summary>Where one stream of a command inside a container goes: to a file or to a consumer byte for byte, or into a text.</summary>
/// <param name="file">Gets the bytes; null for none.</param>
/// <param name="bytes">Gets the bytes in pieces; null for none.</param>
/// <param name="line">Gets each line as soon as it is complete, where the bytes become text; its task is awaited.</param>
internal sealed class CommandOutput(Stream? file, Func<byte[], Task>? bytes, Func<string, Task?> line) : Stream
{
    /// <summary>The most bytes that become text: 64 MiB.</summary>
    public const int LongestText = 64 * 1024 * 1024;

    private const int LongestLine = 1024 * 1024;

    private readonly MemoryStream _text = new();
    private int _lineBegin;

    /// <summary>The text so far, decoded as UTF-8; empty where the bytes went elsewhere.</summary>
    public string Text => Encoding.UTF8.GetString(_text.GetBuffer(), 0, (int)_text.Length);

    /// <summary>Whether what became text was UTF-8.</summary>
    public bool IsText => Utf8.IsValid(_text.GetBuffer().AsSpan(0, (int)_text.Length));

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

    /// <summary>Hands on a last line that has no end.</summary>
    /// <returns>Completes when it was taken.</returns>
    public Task EndAsync() => _lineBegin < _text.Length ? LineAsync((int)_text.Length) : Task.CompletedTask;

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (file is not null)
        {
            try
            {
                await file.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException fault)
            {
                // Left as it is, it would pass for a broken connection to the engine.
                throw new LabException(LabErrorId.FileUnwritable, $"The file for the command's output cannot be written: {fault.Message}", "Make room, or give another path", null, fault);
            }

            return;
        }

        if (bytes is not null)
        {
            await bytes(buffer.ToArray()).ConfigureAwait(false);
            return;
        }

        if (_text.Length + buffer.Length > LongestText)
        {
            throw new LabException(
                LabErrorId.CommandFailed,
                $"The command wrote more than {LongestText / (1024 * 1024)} MiB, which is more than one object holds.",
                "Use -OutFile or -AsByteStream, which pass the bytes on as they come");
        }

        _text.Write(buffer.Span);
        int end;
        while ((end = _text.GetBuffer().AsSpan(_lineBegin, (int)_text.Length - _lineBegin).IndexOf((byte)'\n')) >= 0 || _text.Length - _lineBegin >= LongestLine)
        {
            await LineAsync(end >= 0 ? _lineBegin + end + 1 : (int)_text.Length).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    private Task LineAsync(int end)
    {
        string text = Encoding.UTF8.GetString(_text.GetBuffer(), _lineBegin, end - _lineBegin).TrimEnd('\n', '\r');
        _lineBegin = end;
        return line(text) ?? Task.CompletedTask;
    }
}
