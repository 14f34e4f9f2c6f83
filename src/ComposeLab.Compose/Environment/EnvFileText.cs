using ComposeLab.Compose.Diagnostics;

namespace ComposeLab.Compose.Environment;

/// <summary>The text of an env file together with where it came from, so that a fault in it can be shown in place.</summary>
/// <param name="file">The file, as its path was given.</param>
/// <param name="text">Its text, without a byte order mark.</param>
internal sealed class EnvFileText(string file, string text)
{
    private int _knownOffset;
    private int _knownLine = 1;

    /// <summary>The file, as its path was given.</summary>
    public string File { get; } = file;

    /// <summary>The file's text, without a byte order mark.</summary>
    public string Text { get; } = text;

    /// <summary>The line and column of an offset. Offsets asked in rising order cost one walk over the file in all.</summary>
    /// <param name="offset">The offset in <see cref="Text"/>.</param>
    /// <returns>Line and column, from 1.</returns>
    public (int Line, int Column) PositionOf(int offset)
    {
        if (offset < _knownOffset)
        {
            (_knownOffset, _knownLine) = (0, 1);
        }

        _knownLine += Text.AsSpan(_knownOffset, offset - _knownOffset).Count('\n');
        _knownOffset = offset;
        int lineStart = offset == 0 ? 0 : Text.LastIndexOf('\n', offset - 1) + 1;
        return (_knownLine, offset - lineStart + 1);
    }

    /// <summary>An error that points into the file. The line itself is not part of it: it may hold a secret.</summary>
    /// <param name="id">The stable id.</param>
    /// <param name="offset">Where the fault begins.</param>
    /// <param name="length">How many characters are at fault.</param>
    /// <param name="message">What was expected and what was found.</param>
    /// <param name="recommendation">What to do next.</param>
    /// <returns>The error, to be thrown.</returns>
    public ComposeException Fault(ComposeErrorId id, int offset, int length, string message, string recommendation)
    {
        (int line, int column) = PositionOf(offset);
        return new ComposeException(id, message, recommendation)
        {
            File = File,
            Line = line,
            Column = column,
            EndColumn = column + Math.Max(1, length),
        };
    }
}
