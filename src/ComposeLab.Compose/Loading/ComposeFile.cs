using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Files;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Loading;

/// <summary>A Compose file.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Display">Its path as shown to users: as they specified it.</param>
internal sealed record ComposeFile(string Path, string Display)
{
    /// <summary>The directory of the file (absolute).</summary>
    public string Directory => System.IO.Path.GetDirectoryName(Path) is { Length: > 0 } directory ? directory : "/";
}

/// <summary>Reads the text of a Compose file. A file that is too large, a directory or a pipe without data is an error and never blocks.</summary>
internal static class ComposeFileReader
{
    // Each byte may become a node with its origin: above this limit, reading takes seconds and hundreds of megabytes. Real projects are much smaller.
    private const int LargestSize = 4 * 1024 * 1024;

    public static string Read(ComposeFile file, CancellationToken token)
    {
        try
        {
            return YamlText.Decode(BoundedFile.Read(file.Path, token, LargestSize), file.Display);
        }
        catch (InvalidFileException unfit)
        {
            throw new ComposeException(
                unfit.IsMissing || unfit.InnerException is not null ? ComposeErrorId.ComposeFileNotFound : ComposeErrorId.ComposeFileInvalid,
                unfit.IsMissing ? $"Compose file '{file.Display}' not found." : $"Cannot read Compose file '{file.Display}': {unfit.Message}.",
                unfit.IsMissing ? $"Check the path: ls {CommandWord.Quote(file.Directory)}" : "Use a regular file that you have read access to.",
                unfit.InnerException)
            { File = file.Display };
        }
    }
}
