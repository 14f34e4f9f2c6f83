using System.Text;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Files;

namespace ComposeLab.Compose.Environment;

/// <summary>Reads env files, and rejects files that would block or overload the reader.</summary>
internal static class EnvFileReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The absolute path.</param>
    /// <param name="shownPath">The path as the user specified it, for messages.</param>
    /// <param name="isOptional">Whether the place that names it can declare it as optional.</param>
    /// <param name="token">Cancels the work.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ComposeException">The file is missing, unreadable, too large or not a regular file.</exception>
    public static EnvFileText Read(string path, string shownPath, bool isOptional, CancellationToken token)
    {
        try
        {
            return new EnvFileText(shownPath, Encoding.UTF8.GetString(BoundedFile.Read(path, token)).TrimStart('\uFEFF'));
        }
        catch (InvalidFileException unfit)
        {
            throw new ComposeException(
                ComposeErrorId.EnvFileNotFound,
                $"{(unfit.IsMissing ? $"Env file '{shownPath}' not found." : $"Cannot read env file '{shownPath}': {unfit.Message}.")}",
                unfit.IsMissing
                    ? isOptional ? "Create it, correct the path, or make the entry optional with 'required: false'." : "Create it, or correct the path."
                    : "Use a regular file with lines of the form NAME=value.",
                unfit.InnerException)
            { File = shownPath };
        }
    }
}

/// <summary>The text of an env file with its path, so that an error can show its place.</summary>
/// <param name="file">The file, with its path as specified.</param>
/// <param name="text">Its text, without a byte order mark.</param>
internal sealed class EnvFileText(string file, string text)
{
    private int _knownOffset;
    private int _knownLine = 1;

    /// <summary>The file, with its path as specified.</summary>
    public string File { get; } = file;

    /// <summary>The file's text, without a byte order mark.</summary>
    public string Text { get; } = text;

    /// <summary>The line and column of an offset. Ascending offsets need only one pass over the file.</summary>
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

    /// <summary>Creates an error with a place in the file. The line itself is not included: it may contain a secret.</summary>
    /// <param name="id">The stable id.</param>
    /// <param name="offset">The start of the fault.</param>
    /// <param name="length">The number of characters at fault.</param>
    /// <param name="message">What was expected and what was found.</param>
    /// <param name="recommendation">The next step.</param>
    /// <returns>The error to throw.</returns>
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

/// <summary>A variable in an env file.</summary>
/// <param name="Name">The variable's name.</param>
/// <param name="Value">Its value, expanded.</param>
/// <param name="Line">Line of the name, from 1.</param>
/// <param name="Column">Column of the name, from 1.</param>
internal sealed record EnvFileEntry(string Name, string Value, int Line, int Column);
