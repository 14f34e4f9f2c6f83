using System.Threading.Channels;
using ComposeLab.Compose.Normalizing;

namespace ComposeLab.Engine.Watching;

/// <summary>Watches files and folders, and collects changes that follow each other closely into one batch.</summary>
internal sealed class FileChanges : IDisposable
{
    // An editor, a build or a branch switch writes many files; an edit must still arrive within a second.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private readonly Channel<string> _changes = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly List<FileSystemWatcher> _watchers = [];

    /// <summary>Starts to watch.</summary>
    /// <param name="paths">Absolute paths of files and folders. For one that does not exist yet, the nearest folder above it is watched.</param>
    /// <exception cref="IOException">The system allows no more watched folders.</exception>
    public FileChanges(IEnumerable<string> paths)
    {
        foreach ((string folder, bool recursive) in Roots(paths))
        {
            var watcher = new FileSystemWatcher(folder)
            {
                IncludeSubdirectories = recursive,
                // For Windows: the largest that a network folder allows.
                InternalBufferSize = 64 * 1024,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size | NotifyFilters.Attributes,
            };
            watcher.Changed += (_, change) => Add(change.FullPath);
            watcher.Created += (_, change) => AddTree(change.FullPath);
            watcher.Deleted += (_, change) => Add(change.FullPath);
            watcher.Renamed += (_, change) =>
            {
                Add(change.OldFullPath);
                AddTree(change.FullPath);
            };

            // After an overflow, any file may have changed.
            watcher.Error += (_, _) => AddTree(folder);
            _watchers.Add(watcher);
        }

        foreach (FileSystemWatcher watcher in _watchers)
        {
            watcher.EnableRaisingEvents = true;
        }
    }

    /// <summary>Waits for changes.</summary>
    /// <param name="token">Cancels it.</param>
    /// <returns>Batches of absolute paths, each path once.</returns>
    public IAsyncEnumerable<IReadOnlyCollection<string>> ReadAsync(CancellationToken token) => BatchAsync(_changes.Reader, Quiet, Longest, TimeProvider.System, token);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (FileSystemWatcher watcher in _watchers)
        {
            watcher.Dispose();
        }

        _changes.Writer.TryComplete();
    }

    /// <summary>Collects paths until there are no more for a while.</summary>
    /// <param name="changes">The paths.</param>
    /// <param name="quiet">How long there must be no more.</param>
    /// <param name="longest">How long a batch may take.</param>
    /// <param name="time">Measures both.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The batches.</returns>
    internal static async IAsyncEnumerable<IReadOnlyCollection<string>> BatchAsync(
        ChannelReader<string> changes, TimeSpan quiet, TimeSpan longest, TimeProvider time, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
    {
        while (await changes.WaitToReadAsync(token).ConfigureAwait(false))
        {
            var batch = new HashSet<string>(StringComparer.Ordinal);
            long begin = time.GetTimestamp();
            do
            {
                while (changes.TryRead(out string? path))
                {
                    batch.Add(path);
                }
            }
            while (time.GetElapsedTime(begin) < longest && await HasMoreAsync(changes, quiet, time, token).ConfigureAwait(false));

            yield return batch;
        }
    }

    private static async Task<bool> HasMoreAsync(ChannelReader<string> changes, TimeSpan quiet, TimeProvider time, CancellationToken token)
    {
        using var silence = new CancellationTokenSource(quiet, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, silence.Token);
        try
        {
            return await changes.WaitToReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Add(string path) => _changes.Writer.TryWrite(path);

    // Files that were written before the new folder was watched cause no events of their own.
    private void AddTree(string path)
    {
        Add(path);
        try
        {
            if (new DirectoryInfo(path) is { Exists: true, LinkTarget: null })
            {
                foreach (string below in Directory.EnumerateFileSystemEntries(path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
                {
                    Add(below);
                }
            }
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It was removed again; that is another event.
        }
    }

    private static IEnumerable<(string Folder, bool Recursive)> Roots(IEnumerable<string> paths)
    {
        (string Folder, bool Recursive)[] all = [.. paths.Select(Root).Distinct()];
        return all.Where(root => !all.Any(other => other != root && other.Recursive && HostPaths.Current.IsAtOrBelow(root.Folder, other.Folder)));
    }

    private static (string Folder, bool Recursive) Root(string path)
    {
        if (Directory.Exists(path))
        {
            return (path, true);
        }

        string folder = Path.GetDirectoryName(path) ?? path;
        if (Directory.Exists(folder))
        {
            // The path may become a folder.
            return (folder, !File.Exists(path));
        }

        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
        {
            folder = parent;
        }

        return (folder, true);
    }
}
