using System.Formats.Tar;
using System.IO.Pipes;

namespace ComposeLab.Files;

/// <summary>Reads the files of a folder as an archive in tar format, which is created while it is read.</summary>
internal static class PackedFolder
{
    /// <summary>Starts to read a folder.</summary>
    /// <param name="folder">The folder; only its files are archived.</param>
    /// <returns>The archive; the caller disposes it.</returns>
    public static Stream Open(string folder)
    {
        var reading = new AnonymousPipeServerStream(PipeDirection.In);
        var writing = new AnonymousPipeClientStream(PipeDirection.Out, reading.ClientSafePipeHandle);
        _ = Task.Factory.StartNew(() => Pack(folder, writing), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return reading;
    }

    private static void Pack(string folder, Stream archive)
    {
        try
        {
            using Stream closed = archive;
            using var writer = new TarWriter(archive, TarEntryFormat.Ustar);
            foreach (string file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
            {
                writer.WriteEntry(file, Path.GetFileName(file));
            }
        }
        catch (Exception ended) when (ended is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // The reader has ended, or finds an archive without its end, which the program that unpacks it rejects.
        }
    }
}
