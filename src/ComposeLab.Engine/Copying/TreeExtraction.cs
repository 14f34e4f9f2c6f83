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

    // Names in the tree, with forward slashes; empty for the tree itself. A path of this machine has more than one form.
    private readonly HashSet<string> _directories = new(StringComparer.Ordinal);
    private readonly List<(string Name, UnixFileMode Mode, DateTimeOffset Time)> _finished = [];
    private readonly List<(string Name, string Target)> _links = [];

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

        foreach ((string name, string target) in _links)
        {
            if (Path.Exists(PathOf(root, name)))
            {
                throw Unsafe(name, "it is a link and something else at the same time");
            }

            SymbolicLink.Create(PathOf(root, name), target);
        }
    }

    /// <summary>Gives the directories their modes and times. Until then the owner can write to them, so that they can be moved or removed.</summary>
    /// <param name="place">Where the tree is now.</param>
    /// <param name="withRoot">Whether the tree itself is changed too, and not only the directories in it.</param>
    public void Finish(string place, bool withRoot)
    {
        foreach ((string name, UnixFileMode mode, DateTimeOffset time) in _finished.OrderByDescending(entry => entry.Name.Length).Where(entry => withRoot || entry.Name.Length > 0))
        {
            string moved = PathOf(place, name);
            Directory.SetLastWriteTimeUtc(moved, time.UtcDateTime);
            SetMode(moved, mode);
        }
    }

    private async Task ExtractAsync(TarEntry entry, CancellationToken token)
    {
        string name = NameOf(entry.Name);
        string path = PathOf(root, name);
        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                MakeDirectory(name);
                _finished.Add((name, entry.Mode, entry.ModificationTime));
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                MakeParent(name);
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
                MakeParent(name);
                string original = PathOf(root, NameOf(entry.LinkName));
                if (!File.Exists(original))
                {
                    throw Unsafe(entry.Name, "it is a hard link to a file that is not in the archive before it");
                }

                File.Copy(original, path);
                Files++;
                break;
            case TarEntryType.SymbolicLink:
                MakeParent(name);
                _links.Add((name, entry.LinkName));
                Files++;
                break;
            default:
                Omitted.Add(entry.Name);
                break;
        }
    }

    // The first component is the name of the source. It is replaced by the name of the destination.
    private string NameOf(string entry)
    {
        string[] parts = [.. entry.Split('/').Where(part => part is not ("" or "."))];
        if (parts.Contains(".."))
        {
            throw Unsafe(entry, "it is outside of the copied tree");
        }

        if (parts.FirstOrDefault(part => !host.IsName(part)) is { } invalid)
        {
            throw new EngineException(
                EngineErrorId.ArchiveUnsafe,
                $"The container has the file '{entry}', but '{invalid}' cannot be the name of a file on this machine. Nothing was written.",
                "Rename the file in the container, or copy only other files");
        }

        return string.Join('/', parts.Skip(1));
    }

    private static string PathOf(string place, string name) => name.Length == 0 ? place : Path.Join(place, name);

    private void MakeParent(string name)
    {
        if (name.Length > 0)
        {
            MakeDirectory(name[..Math.Max(0, name.LastIndexOf('/'))]);
        }
    }

    private void MakeDirectory(string name)
    {
        if (_directories.Contains(name))
        {
            return;
        }

        MakeParent(name);
        if (_links.Exists(link => link.Name == name))
        {
            throw Unsafe(name.Length > 0 ? name : "/", "it is below a link");
        }

        Directory.CreateDirectory(PathOf(root, name));
        _directories.Add(name);
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
