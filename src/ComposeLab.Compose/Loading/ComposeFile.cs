using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Files;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Loading;

/// <summary>A Compose file.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Display">Its path as people should see it: as they gave it.</param>
internal sealed record ComposeFile(string Path, string Display)
{
    /// <summary>The directory of the file (absolute).</summary>
    public string Directory => System.IO.Path.GetDirectoryName(Path) is { Length: > 0 } directory ? directory : "/";
}

/// <summary>Reads a Compose file's text. A file that is too large, a directory or a pipe without data is an error, never a hang.</summary>
internal static class ComposeFileReader
{
    // Each byte may become a node with its origin: beyond this, reading takes seconds and hundreds of megabytes. Nobody writes so much.
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
                $"Expected a Compose file at '{file.Display}', found {unfit.Message}.",
                unfit.IsMissing ? $"Check the path: ls {CommandWord.Quote(file.Directory)}" : "Name a regular file that you may read.",
                unfit.InnerException)
            { File = file.Display };
        }
    }
}
