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
    /// <param name="token">Ends the work early.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ComposeException">The file is missing, unreadable, too large or no ordinary file.</exception>
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
