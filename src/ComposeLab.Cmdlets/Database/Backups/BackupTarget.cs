using System.Formats.Tar;
using System.IO.Pipes;
using ComposeLab.Errors;
using ComposeLab.Files;

namespace ComposeLab.Database.Backups;

/// <summary>Where a backup is written: a file, or the files of a directory. It gets its name when it is complete.</summary>
internal abstract class BackupTarget : IAsyncDisposable
{
    /// <summary>Receives what the program writes.</summary>
    public abstract Stream Stream { get; }

    /// <summary>Opens a target.</summary>
    /// <param name="path">The full path of the backup.</param>
    /// <param name="format">Its format.</param>
    /// <param name="onBytes">Receives the size so far.</param>
    /// <returns>The target; without <see cref="Keep"/>, nothing is left of it.</returns>
    /// <exception cref="LabException">FileUnwritable.</exception>
    public static BackupTarget Open(string path, LabDbBackupFormat format, Action<long> onBytes) =>
        format == LabDbBackupFormat.Directory ? new DirectoryTarget(path, onBytes) : new FileTarget(path, onBytes);

    /// <summary>Completes the files, still under a temporary name.</summary>
    /// <returns>Their names, sizes and checksums.</returns>
    /// <exception cref="LabException">FileUnwritable, BackupFailed.</exception>
    public abstract Task<IReadOnlyList<BackupPart>> CompleteAsync();

    /// <summary>Gives the backup its name.</summary>
    /// <exception cref="LabException">FileUnwritable.</exception>
    public abstract void Keep();

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    private sealed class FileTarget(string path, Action<long> onBytes) : BackupTarget
    {
        private readonly HashedFile _file = new(path, onBytes);

        public override Stream Stream => _file;

        public override Task<IReadOnlyList<BackupPart>> CompleteAsync() => Task.FromResult<IReadOnlyList<BackupPart>>([_file.Describe()]);

        public override void Keep() => _file.Keep();

        public override ValueTask DisposeAsync() => _file.DisposeAsync();
    }

    /// <summary>Unpacks an archive while it arrives.</summary>
    private sealed class DirectoryTarget : BackupTarget
    {
        private readonly string _path;
        private readonly string _draft;
        private readonly Action<long> _onBytes;
        private readonly AnonymousPipeServerStream _pipe;
        private readonly Task<IReadOnlyList<BackupPart>> _unpacking;
        private bool _isKept;

        public DirectoryTarget(string path, Action<long> onBytes)
        {
            _path = Path.TrimEndingDirectorySeparator(path);
            _draft = $"{_path}.{Path.GetRandomFileName()}";
            _onBytes = onBytes;
            try
            {
                if (Path.Exists(_path) && !File.Exists(BackupManifest.PathOf(_path)))
                {
                    throw new IOException("it exists and is not a backup.");
                }

                DirectoryInfo folder = OperatingSystem.IsWindows()
                    ? Directory.CreateDirectory(_draft)
                    : Directory.CreateDirectory(_draft, PrivateFile.OwnerOnly | UnixFileMode.UserExecute);
                _pipe = new AnonymousPipeServerStream(PipeDirection.Out);
                var reading = new AnonymousPipeClientStream(PipeDirection.In, _pipe.ClientSafePipeHandle);
                _unpacking = Task.Factory.StartNew(() => UnpackAsync(reading, folder), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                throw PrivateFile.Unwritable(_path, refused);
            }
        }

        public override Stream Stream => new Archive(_pipe, _unpacking);

        public override async Task<IReadOnlyList<BackupPart>> CompleteAsync()
        {
            await _pipe.DisposeAsync().ConfigureAwait(false);
            IReadOnlyList<BackupPart> parts = await _unpacking.ConfigureAwait(false);
            return parts.Count > 0 ? parts : throw new LabException(LabErrorId.BackupFailed, "pg_dump wrote no files.", "Use another -Format", _path);
        }

        public override void Keep()
        {
            try
            {
                if (Directory.Exists(_path))
                {
                    Directory.Delete(_path, recursive: true);
                }

                Directory.Move(_draft, _path);
                _isKept = true;
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                throw PrivateFile.Unwritable(_path, refused);
            }
        }

        public override async ValueTask DisposeAsync()
        {
            await _pipe.DisposeAsync().ConfigureAwait(false);
            await ((Task)_unpacking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_isKept)
            {
                Directory.Delete(_draft, recursive: true);
            }
        }

        private async Task<IReadOnlyList<BackupPart>> UnpackAsync(Stream archive, DirectoryInfo folder)
        {
            await using Stream closed = archive;
            var parts = new List<BackupPart>();
            long before = 0;
            await using var reader = new TarReader(archive);
            while (await reader.GetNextEntryAsync().ConfigureAwait(false) is { } entry)
            {
                string name = Path.GetFileName(entry.Name);
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || name.Length == 0)
                {
                    continue;
                }

                await using var file = new HashedFile(Path.Combine(folder.FullName, name), bytes => _onBytes(before + bytes));
                if (entry.DataStream is { } data)
                {
                    await data.CopyToAsync(file).ConfigureAwait(false);
                }

                BackupPart part = file.Describe();
                file.Keep();
                parts.Add(part);
                before += part.Bytes;
            }

            // The padding at the end: the writer must not find a closed pipe.
            await archive.CopyToAsync(Stream.Null).ConfigureAwait(false);
            return parts;
        }
    }
    /// <summary>Writes to the pipe. If its reader has ended, the reader's error is the cause.</summary>
    /// <param name="pipe">The pipe.</param>
    /// <param name="reader">The work of the reader.</param>
    private sealed class Archive(Stream pipe, Task reader) : WriteOnlyStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                await pipe.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException)
            {
                await reader.ConfigureAwait(false);
                throw;
            }
        }
    }
}
