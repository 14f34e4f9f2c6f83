using System.Formats.Tar;
using ComposeLab.Compose.Normalizing;

namespace ComposeLab.Engine.Copying;

/// <summary>
/// Extracts an archive to a new path of this machine. The archive comes from a container and is not trusted: nothing is written outside of the path. Links are created
/// last, so that no file is written through one, and devices are omitted.
/// </summary>
/// <param name="root">The path, which does not exist. It becomes a file, a link or a directory.</param>
/// <param name="host">The rules of this host.</param>
internal sealed class TreeExtraction(string root, HostPaths host)
{
    private const UnixFileMode Permissions = (UnixFileMode)0b111_111_111;

    private readonly HashSet<string> _directories = new(StringComparer.Ordinal);
    private readonly List<(string Path, UnixFileMode Mode, DateTimeOffset Time)> _finished = [];
    private readonly List<(string Path, string Target)> _links = [];

    /// <summary>The number of files and links.</summary>
    public int Files { get; private set; }

    /// <summary>The bytes of the files.</summary>
    public long Bytes { get; private set; }

    /// <summary>The devices, pipes and sockets that were omitted.</summary>
    public List<string> Omitted { get; } = [];

    /// <summary>Extracts the archive.</summary>
    /// <param name="tar">The archive.</param>
    /// <param name="progress">Receives the bytes so far.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes at the end of the archive.</returns>
    /// <exception cref="EngineException">ArchiveUnsafe: an entry is outside of the tree, or an entry is below a link.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public async Task RunAsync(Stream tar, Action<long> progress, CancellationToken token)
    {
        await using var reader = new TarReader(tar, leaveOpen: true);
        while (await reader.GetNextEntryAsync(copyData: false, token).ConfigureAwait(false) is { } entry)
        {
            await ExtractAsync(entry, token).ConfigureAwait(false);
            progress(Bytes);
        }

        foreach ((string path, string target) in _links)
        {
            if (Directory.Exists(path) || File.Exists(path))
            {
                throw Unsafe(path, "it is a link and something else at the same time");
            }

            File.CreateSymbolicLink(path, target);
        }
    }

    /// <summary>Gives the directories their modes and times. Until then the owner can write to them, so that they can be moved or removed.</summary>
    /// <param name="place">Where the tree is now.</param>
    /// <param name="withRoot">Whether the tree itself is changed too, and not only the directories in it.</param>
    public void Finish(string place, bool withRoot)
    {
        foreach ((string path, UnixFileMode mode, DateTimeOffset time) in _finished.OrderByDescending(entry => entry.Path.Length).Where(entry => withRoot || entry.Path != root))
        {
            string moved = Path.Join(place, path[root.Length..]);
            Directory.SetLastWriteTimeUtc(moved, time.UtcDateTime);
            SetMode(moved, mode);
        }
    }

    private async Task ExtractAsync(TarEntry entry, CancellationToken token)
    {
        string path = PlaceOf(entry.Name);
        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                MakeDirectory(path);
                _finished.Add((path, entry.Mode, entry.ModificationTime));
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                MakeParent(path);
                await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
                {
                    if (entry.DataStream is { } data)
                    {
                        await data.CopyToAsync(file, token).ConfigureAwait(false);
                        Bytes += file.Length;
                    }
                }

                File.SetLastWriteTimeUtc(path, entry.ModificationTime.UtcDateTime);
                SetMode(path, entry.Mode);
                Files++;
                break;
            case TarEntryType.HardLink:
                MakeParent(path);
                string original = PlaceOf(entry.LinkName);
                if (!File.Exists(original))
                {
                    throw Unsafe(entry.Name, "it is a hard link to a file that is not in the archive before it");
                }

                File.Copy(original, path);
                Files++;
                break;
            case TarEntryType.SymbolicLink:
                MakeParent(path);
                _links.Add((path, entry.LinkName));
                Files++;
                break;
            default:
                Omitted.Add(entry.Name);
                break;
        }
    }

    // The first component is the name of the source. It is replaced by the name of the destination.
    private string PlaceOf(string name)
    {
        string[] parts = [.. name.Split('/').Where(part => part is not ("" or "."))];
        if (parts.Contains(".."))
        {
            throw Unsafe(name, "it is outside of the copied tree");
        }

        if (parts.FirstOrDefault(part => !host.IsName(part)) is { } invalid)
        {
            throw Unsafe(name, $"'{invalid}' cannot be the name of a file on this machine");
        }

        return Path.Combine([root, .. parts.Skip(1)]);
    }

    private void MakeParent(string path)
    {
        if (path != root)
        {
            MakeDirectory(Path.GetDirectoryName(path)!);
        }
    }

    private void MakeDirectory(string path)
    {
        if (_directories.Contains(path))
        {
            return;
        }

        MakeParent(path);
        if (_links.Exists(link => link.Path == path))
        {
            throw Unsafe(path, "it is below a link");
        }

        Directory.CreateDirectory(path);
        _directories.Add(path);
    }

    // Bits that let a program run with other rights are dropped.
    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode & Permissions);
        }
    }

    private static EngineException Unsafe(string name, string why) => new(
        EngineErrorId.ArchiveUnsafe, $"The archive of the container contains '{name}', but {why}. Nothing was written.", "Inspect the container: its files try to leave the destination");
}
