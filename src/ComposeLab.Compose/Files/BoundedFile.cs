namespace ComposeLab.Compose.Files;

/// <summary>Reads whole files, and rejects what would block or overload the reader: folders, pipes without data, endless devices, very large files.</summary>
internal static class BoundedFile
{
    /// <summary>The maximum size of a file, in bytes, unless its reader has a lower limit.</summary>
    public const int LargestSize = 16 * 1024 * 1024;

    private const int BlockSize = 64 * 1024;
    private static readonly TimeSpan PipePatience = TimeSpan.FromSeconds(1);

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its absolute path; links are followed.</param>
    /// <param name="token">Cancels it.</param>
    /// <param name="largest">The maximum size, in bytes.</param>
    /// <returns>Its bytes.</returns>
    /// <exception cref="InvalidFileException">It cannot be read.</exception>
    public static byte[] Read(string path, CancellationToken token, int largest = LargestSize)
    {
        token.ThrowIfCancellationRequested();
        try
        {
            if (Directory.Exists(path))
            {
                throw new InvalidFileException("it is a directory");
            }

            var file = new FileInfo(path);
            if (!file.Exists)
            {
                throw new InvalidFileException("it does not exist") { IsMissing = true };
            }

            // The length of a link is that of its text.
            long length = ((file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo) ?? file).Length;
            if (length > largest)
            {
                throw new InvalidFileException($"it has {length} bytes, more than the limit of {largest}");
            }

            // Pipes and devices have no length and may never provide a byte: opening one can block forever.
            return length > 0 ? ReadStream(path, largest) : ReadPipe(path, largest, token);
        }
        catch (Exception fault) when (fault is not InvalidFileException and (IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException))
        {
            throw new InvalidFileException("the system denies access", fault);
        }
    }

    private static byte[] ReadPipe(string path, int largest, CancellationToken token)
    {
        // A separate thread: it may never return, and a busy thread pool must not make an empty file look like a pipe without data.
        Task<byte[]> reading = Task.Factory.StartNew(() => ReadStream(path, largest), token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return Task.WaitAny([reading], (int)PipePatience.TotalMilliseconds, token) == 0
            ? reading.GetAwaiter().GetResult()
            : throw new InvalidFileException("it is a pipe without data");
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
                throw new InvalidFileException($"it has more than the limit of {largest} bytes");
            }
        }

        return content.ToArray();
    }
}

/// <summary>A file cannot be read. Callers add what the file is for.</summary>
/// <param name="found">The reason, as a clause about the file, such as "it is a directory".</param>
/// <param name="inner">The underlying error.</param>
internal sealed class InvalidFileException(string found, Exception? inner = null) : IOException(found, inner)
{
    /// <summary>Whether the file does not exist.</summary>
    public bool IsMissing { get; init; }
}
