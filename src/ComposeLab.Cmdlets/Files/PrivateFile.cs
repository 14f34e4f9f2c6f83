using System.Text;
using ComposeLab.Errors;

namespace ComposeLab.Files;

/// <summary>Writes files whose content is nobody else's business.</summary>
internal static class PrivateFile
{
    /// <summary>Read and written by the owner only.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Read and written by whom the user's own mask lets.</summary>
    public const UnixFileMode Everybody = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Writes the file as a whole or not at all, with the mode given, where the system knows modes.</summary>
    /// <param name="path">The absolute path; what stands there is replaced.</param>
    /// <param name="text">The content, written as UTF-8 without a mark.</param>
    /// <param name="mode">Who may read it.</param>
    /// <param name="token">Cancels before anything is replaced.</param>
    /// <returns>A task that ends when the file is in place.</returns>
    /// <exception cref="LabException">FileUnwritable: what stood there is as it was.</exception>
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

    /// <summary>Creates the error about a place that cannot be written.</summary>
    /// <param name="path">The absolute path.</param>
    /// <param name="refused">What the system said.</param>
    /// <returns>FileUnwritable.</returns>
    public static LabException Unwritable(string path, Exception refused) => new(
        LabErrorId.FileUnwritable, $"Expected a place to write {path}, found: {refused.Message}",
        "Make room, or name a file in a folder that exists and that you may write to", path, refused);

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
