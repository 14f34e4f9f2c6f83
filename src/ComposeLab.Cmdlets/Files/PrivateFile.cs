using System.Text;
using ComposeLab.Errors;

namespace ComposeLab.Files;

/// <summary>Writes files with private content.</summary>
internal static class PrivateFile
{
    /// <summary>Read and written by the owner only.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Read and written according to the user's umask.</summary>
    public const UnixFileMode Everybody = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Writes the file completely or not at all, with the specified mode if the system supports modes.</summary>
    /// <param name="path">The absolute path; an existing file is replaced.</param>
    /// <param name="text">The content, written as UTF-8 without a byte order mark.</param>
    /// <param name="mode">Who may read it.</param>
    /// <param name="token">Cancels before anything is replaced.</param>
    /// <returns>A task that completes when the file is in place.</returns>
    /// <exception cref="LabException">FileUnwritable: an existing file is unchanged.</exception>
    public static async Task WriteAsync(string path, string text, UnixFileMode mode, CancellationToken token)
    {
        try
        {
            await ReplaceAsync(path, text, mode, token).ConfigureAwait(false);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, refused);
        }
    }

    /// <summary>Creates the error for a file that cannot be written.</summary>
    /// <param name="path">The absolute path.</param>
    /// <param name="refused">The system's error.</param>
    /// <returns>FileUnwritable.</returns>
    public static LabException Unwritable(string path, Exception refused) => new(
        LabErrorId.FileUnwritable, $"Cannot write {path}: {Reason(path, refused)}",
        "Use a path in an existing folder that you can write to, and check the free disk space", path, refused);

    // The system's message names the temporary file, which the user does not know.
    private static string Reason(string path, Exception refused) => refused switch
    {
        _ when Directory.Exists(path) || path.EndsWith('/') || path.EndsWith(Path.DirectorySeparatorChar) => "it is a folder.",
        DirectoryNotFoundException => "the folder does not exist.",
        _ when !Directory.Exists(Path.GetDirectoryName(path)) => "the folder does not exist.",
        UnauthorizedAccessException => "access was denied.",
        _ => refused.Message,
    };

    private static async Task ReplaceAsync(string path, string text, UnixFileMode mode, CancellationToken token)
    {
        string draft = $"{path}.{Guid.NewGuid():N}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        try
        {
            await using (var stream = new FileStream(draft, options))
            {
                await stream.WriteAsync(new UTF8Encoding(false).GetBytes(text), token).ConfigureAwait(false);
            }

            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
