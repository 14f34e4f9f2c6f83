using System.Text;
using System.Text.Unicode;
using ComposeLab.Errors;
using ComposeLab.Files;

namespace ComposeLab.Stacks;

/// <summary>The destination of one output stream of a command inside a container: a file or consumer of bytes, or text.</summary>
/// <param name="file">Receives the bytes; null for none.</param>
/// <param name="bytes">Receives the bytes in chunks; null for none.</param>
/// <param name="line">Receives each complete line if the bytes are converted to text; its task is awaited.</param>
internal sealed class CommandOutput(Stream? file, Func<byte[], Task>? bytes, Func<string, Task?> line) : WriteOnlyStream
{
    /// <summary>The maximum number of bytes that are converted to text: 64 MiB.</summary>
    public const int LongestText = 64 * 1024 * 1024;

    private const int LongestLine = 1024 * 1024;

    private readonly MemoryStream _text = new();
    private int _lineBegin;

    /// <summary>The text so far, decoded as UTF-8; empty if the bytes went elsewhere.</summary>
    public string Text => Encoding.UTF8.GetString(_text.GetBuffer(), 0, (int)_text.Length);

    /// <summary>Whether the converted bytes were valid UTF-8.</summary>
    public bool IsText => Utf8.IsValid(_text.GetBuffer().AsSpan(0, (int)_text.Length));

    /// <summary>Passes on a last line without a line break.</summary>
    /// <returns>Completes when it was processed.</returns>
    public Task EndAsync() => _lineBegin < _text.Length ? LineAsync((int)_text.Length) : Task.CompletedTask;

    /// <summary>Writes everything that another stream contains.</summary>
    /// <param name="source">The stream.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes at its end.</returns>
    /// <exception cref="LabException">FileUnwritable, EngineUnreachable.</exception>
    public async Task CopyFromAsync(Stream source, CancellationToken token)
    {
        try
        {
            await source.CopyToAsync(this, token).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException)
        {
            throw new LabException(LabErrorId.EngineUnreachable, $"The connection to the engine was lost: {fault.Message}", "Run the command again", null, fault);
        }
    }

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
                // Without this, it would look like a broken connection to the engine.
                throw new LabException(LabErrorId.FileUnwritable, $"Cannot write the output to the file: {fault.Message}", "Free up disk space, or specify another path", null, fault);
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
                $"The command wrote more than {LongestText / (1024 * 1024)} MiB, which is too much for one object.",
                "Use -OutFile or -AsByteStream, which pass the bytes on as they arrive");
        }

        _text.Write(buffer.Span);
        int end;
        while ((end = _text.GetBuffer().AsSpan(_lineBegin, (int)_text.Length - _lineBegin).IndexOf((byte)'\n')) >= 0 || _text.Length - _lineBegin >= LongestLine)
        {
            await LineAsync(end >= 0 ? _lineBegin + end + 1 : (int)_text.Length).ConfigureAwait(false);
        }
    }

    private Task LineAsync(int end)
    {
        string text = Encoding.UTF8.GetString(_text.GetBuffer(), _lineBegin, end - _lineBegin).TrimEnd('\n', '\r');
        _lineBegin = end;
        return line(text) ?? Task.CompletedTask;
    }
}
