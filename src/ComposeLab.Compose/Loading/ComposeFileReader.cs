using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Loading;

/// <summary>Reads a Compose file's text. A file that is too large, a directory or a silent pipe is an error, never a hang.</summary>
internal static class ComposeFileReader
{
    private static readonly TimeSpan PipeLimit = TimeSpan.FromSeconds(1);

    public static string Read(ComposeFile file, CancellationToken token)
    {
        try
        {
            if (Directory.Exists(file.Path))
            {
                throw Fault(ComposeErrorId.ComposeFileInvalid, file, "a directory", "Name the file inside it.");
            }

            var info = new FileInfo(file.Path);
            if (!info.Exists)
            {
                throw NotFound(file);
            }

            if (info.Length > YamlLimits.FileBytes)
            {
                throw Fault(ComposeErrorId.ComposeFileInvalid, file, $"{info.Length} bytes", $"Compose files may have up to {YamlLimits.FileBytes} bytes.");
            }

            // A pipe has no length and may never give a byte: reading it gets a limit.
            byte[] bytes = info.Length > 0 ? File.ReadAllBytes(file.Path) : ReadPipe(file, token);
            return YamlText.Decode(bytes, file.Display);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Fault(ComposeErrorId.ComposeFileNotFound, file, "one that cannot be read", "Check the permissions of the file.", fault);
        }
    }

    private static byte[] ReadPipe(ComposeFile file, CancellationToken token)
    {
        Task<byte[]> reading = Task.Run(() => File.ReadAllBytes(file.Path), token);
        return reading.Wait((int)PipeLimit.TotalMilliseconds, token)
            ? reading.Result
            : throw Fault(ComposeErrorId.ComposeFileInvalid, file, "a pipe that gives nothing", "Name a regular file.");
    }

    private static ComposeException NotFound(ComposeFile file) =>
        Fault(ComposeErrorId.ComposeFileNotFound, file, "none", $"Check the path: ls '{System.IO.Path.GetDirectoryName(file.Path)}'");

    private static ComposeException Fault(ComposeErrorId id, ComposeFile file, string found, string recommendation, Exception? inner = null) =>
        new(id, $"Expected a Compose file at '{file.Display}', found {found}.", recommendation, inner) { File = file.Display };
}
