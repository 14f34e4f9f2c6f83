namespace ComposeLab.Compose.Files;

/// <summary>Reads whole files, and refuses what would hang or flood the reader: folders, pipe without datas, endless devices, huge files.</summary>
internal static class BoundedFile
{
    /// <summary>How large a file may be, in bytes, unless its reader has a lower limit.</summary>
    public const int LargestSize = 16 * 1024 * 1024;

    private const int BlockSize = 64 * 1024;
    private static readonly TimeSpan PipePatience = TimeSpan.FromSeconds(1);

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its absolute path; links are followed.</param>
    /// <param name="token">Cancels it.</param>
    /// <param name="largest">How large it may be, in bytes.</param>
    /// <returns>Its bytes.</returns>
    /// <exception cref="InvalidFileException">It cannot be read.</exception>
    public static byte[] Read(string path, CancellationToken token, int largest = LargestSize)
    {
        token.ThrowIfCancellationRequested();
        try
        {
            if (Directory.Exists(path))
            {
                throw new InvalidFileException("a directory");
            }

            var file = new FileInfo(path);
            if (!file.Exists)
            {
                throw new InvalidFileException("no file") { IsMissing = true };
            }

            // The length of a link is that of its text.
            long length = ((file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo) ?? file).Length;
            if (length > largest)
            {
                throw new InvalidFileException($"{length} bytes, more than the {largest} it may have");
            }

            // Pipes and devices have no length and may never give a byte: opening one can wait for ever.
            return length > 0 ? ReadStream(path, largest) : ReadPipe(path, largest, token);
        }
        catch (Exception fault) when (fault is not InvalidFileException and (IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException))
        {
            throw new InvalidFileException("a file that cannot be read", fault);
        }
    }

    private static byte[] ReadPipe(string path, int largest, CancellationToken token)
    {
        // A thread of its own: it may never come back, and a busy pool must not make an empty file look like a pipe without data.
        Task<byte[]> reading = Task.Factory.StartNew(() => ReadStream(path, largest), token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return Task.WaitAny([reading], (int)PipePatience.TotalMilliseconds, token) == 0
            ? reading.GetAwaiter().GetResult()
            : throw new InvalidFileException("a pipe without data");
    }

    private static byte[] ReadStream(string path, int largest)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        using var content = new MemoryStream();
        byte[] block = new byte[BlockSize];
        for (int count = stream.Read(block); count > 0; count = stream.Read(block))
        {
            content.Write(block, 0, count);
            if (content.Length > largest)
            {
                throw new InvalidFileException($"more than the {largest} bytes it may have");
            }
        }

        return content.ToArray();
    }
}

/// <summary>A file cannot be read. Callers say what it was meant to be.</summary>
/// <param name="found">What it is instead, to complete "expected a file, found ...".</param>
/// <param name="inner">The error that led to this one.</param>
internal sealed class InvalidFileException(string found, Exception? inner = null) : IOException(found, inner)
{
    /// <summary>Whether there is nothing at the path.</summary>
    public bool IsMissing { get; init; }
}
