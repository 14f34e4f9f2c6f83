using System.Text;
using ComposeLab.Compose.Diagnostics;

namespace ComposeLab.Compose.Environment;

/// <summary>Reads env files, and refuses what would hang or flood the reader: directories, pipes, huge files.</summary>
internal static class EnvFileReader
{
    private const long LargestFile = 16 * 1024 * 1024;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The absolute path.</param>
    /// <param name="shownPath">The path as the user gave it, for messages.</param>
    /// <param name="token">Ends the work early.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ComposeException">The file is missing, unreadable, too large or no ordinary file.</exception>
    public static EnvFileText Read(string path, string shownPath, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        if (Directory.Exists(path))
        {
            throw Unreadable(shownPath, "is a directory");
        }

        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                throw new ComposeException(
                    ComposeErrorId.EnvFileNotFound,
                    $"The env file '{shownPath}' does not exist.",
                    $"Create it, correct the path, or mark the entry as optional with 'required: false'.")
                {
                    File = shownPath,
                };
            }

            if (file.Length > LargestFile)
            {
                throw Unreadable(shownPath, $"holds {file.Length} bytes, more than the {LargestFile} an env file may have");
            }

            // A pipe has no length, and opening one for reading alone would wait for its writer.
            string text = file.Length > 0 ? File.ReadAllText(path, Encoding.UTF8) : IsPipe(path) ? throw Unreadable(shownPath, "is a pipe") : "";
            return new EnvFileText(shownPath, text.TrimStart('\uFEFF'));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Unreadable(shownPath, "cannot be read: " + error.Message, error);
        }
    }

    private static bool IsPipe(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            return !stream.CanSeek;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static ComposeException Unreadable(string shownPath, string why, Exception? inner = null) =>
        new(
            ComposeErrorId.EnvFileNotFound,
            $"Expected an env file at '{shownPath}', but it {why}.",
            "Name an ordinary file with lines of the form NAME=value.",
            inner)
        {
            File = shownPath,
        };
}
