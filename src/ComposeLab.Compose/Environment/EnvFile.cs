using System.Text;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Files;

namespace ComposeLab.Compose.Environment;

/// <summary>Reads env files, and refuses what would hang or flood the reader.</summary>
internal static class EnvFileReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The absolute path.</param>
    /// <param name="shownPath">The path as the user gave it, for messages.</param>
    /// <param name="token">Cancels the work.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ComposeException">The file is missing, unreadable, too large or not an ordinary file.</exception>
    public static EnvFileText Read(string path, string shownPath, CancellationToken token)
    {
        try
        {
            return new EnvFileText(shownPath, Encoding.UTF8.GetString(BoundedFile.Read(path, token)).TrimStart('\uFEFF'));
        }
        catch (InvalidFileException unfit)
        {
            throw new ComposeException(
                ComposeErrorId.EnvFileNotFound,
                $"Expected an env file at '{shownPath}', found {unfit.Message}.",
                unfit.IsMissing
                    ? "Create it, correct the path, or mark the entry as optional with 'required: false'."
                    : "Name an ordinary file with lines of the form NAME=value.",
                unfit.InnerException)
            { File = shownPath };
        }
    }
}

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

/// <summary>A variable as an env file sets it.</summary>
/// <param name="Name">The variable's name.</param>
/// <param name="Value">Its value, expanded.</param>
/// <param name="Line">Line of the name, from 1.</param>
/// <param name="Column">Column of the name, from 1.</param>
internal sealed record EnvFileEntry(string Name, string Value, int Line, int Column);
