using System.Text;
using ComposeLab.Compose.Files;
using ComposeLab.Errors;

namespace ComposeLab.Files;

/// <summary>Reads small text files. A folder, a silent pipe, a very large or inaccessible file is an error and never blocks.</summary>
internal static class TextFile
{
    /// <summary>Reads a file that must exist.</summary>
    /// <param name="path">The absolute path.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Its text, read as UTF-8.</returns>
    /// <exception cref="LabException">FileUnreadable.</exception>
    public static string Read(string path, CancellationToken token)
    {
        try
        {
            return Encoding.UTF8.GetString(BoundedFile.Read(path, token)).TrimStart('\uFEFF');
        }
        catch (InvalidFileException unfit)
        {
            string why = unfit.InnerException is { Message: var cause } ? $": {cause}" : "";
            throw new LabException(
                LabErrorId.FileUnreadable, $"Cannot read {path}: {unfit.Message}{why}",
                "Use a regular file that you have read access to", path, unfit);
        }
    }

    /// <summary>Reads a file that may be missing.</summary>
    /// <param name="path">The path.</param>
    /// <returns>Its text; null if there is no readable file.</returns>
    public static string? Find(string path)
    {
        try
        {
            return Read(path, CancellationToken.None);
        }
        catch (LabException)
        {
            return null;
        }
    }

    /// <summary>Reads a file that may be missing, as a program in a container does: a byte order mark is a part of the text.</summary>
    /// <param name="path">The path.</param>
    /// <returns>Its text; null if there is no readable file.</returns>
    public static string? FindExact(string path)
    {
        try
        {
            return Encoding.UTF8.GetString(BoundedFile.Read(path, CancellationToken.None));
        }
        catch (InvalidFileException)
        {
            return null;
        }
    }

    /// <summary>Reads one line, to be shown.</summary>
    /// <param name="path">The path.</param>
    /// <param name="line">The line's number, from 1.</param>
    /// <returns>The line; empty if there is no readable file.</returns>
    public static string Line(string path, int line) => Lines(path).ElementAtOrDefault(line - 1) ?? "";

    /// <summary>Reads the lines of a file, to be shown.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The lines; none if there is no readable file.</returns>
    public static IReadOnlyList<string> Lines(string path) => Find(path) is { } text ? [.. text.Split('\n').Select(line => line.TrimEnd('\r'))] : [];
}
