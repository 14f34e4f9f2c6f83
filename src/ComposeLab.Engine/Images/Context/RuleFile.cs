using ComposeLab.Compose.Files;

namespace ComposeLab.Engine.Images.Context;

/// <summary>Reads the files that control a build: its Dockerfile and its ignore file.</summary>
internal static class RuleFile
{
    /// <summary>Reads a file; a folder or a pipe is an error and never blocks.</summary>
    /// <param name="path">The path.</param>
    /// <returns>Its bytes.</returns>
    /// <exception cref="IOException">It cannot be read; the message contains the path.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            return BoundedFile.Read(path, CancellationToken.None);
        }
        catch (InvalidFileException unfit)
        {
            string why = unfit.InnerException is { Message: var cause } ? $" ({cause})" : "";
            throw new IOException($"{path}: {unfit.Message}{why}", unfit);
        }
    }
}
