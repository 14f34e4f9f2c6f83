using System.Text;
using ComposeLab.Compose.Files;
using ComposeLab.Errors;

namespace ComposeLab.Files;

/// <summary>Reads small text files. A folder, a silent pipe, a huge or forbidden file is an answer, never a hang.</summary>
internal static class TextFile
{
    /// <summary>Reads a file that has to be there.</summary>
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
                LabErrorId.FileUnreadable, $"Expected a file that can be read at {path}, found {unfit.Message}{why}",
                "Put an ordinary file there that you may read", path, unfit);
        }
    }

    /// <summary>Reads a file that may be missing.</summary>
    /// <param name="path">The path.</param>
    /// <returns>Its text; null where there is none that can be read.</returns>
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

    /// <summary>Reads one line, to be shown.</summary>
    /// <param name="path">The path.</param>
    /// <param name="line">The line's number, from 1.</param>
    /// <returns>The line; empty where there is none that can be read.</returns>
    public static string Line(string path, int line) =>
        Find(path)?.Split('\n').Skip(line - 1).FirstOrDefault()?.TrimEnd('\r') ?? "";
}
