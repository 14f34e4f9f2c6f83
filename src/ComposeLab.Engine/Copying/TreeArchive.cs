using System.Formats.Tar;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Images.Context;

namespace ComposeLab.Engine.Copying;

/// <summary>Writes files as an archive for a container.</summary>
internal static class TreeArchive
{
    /// <summary>Writes a file, link or directory of this machine.</summary>
    /// <param name="tar">The archive.</param>
    /// <param name="path">The absolute path.</param>
    /// <param name="name">Its name in the archive; null if only the content of the directory is written.</param>
    /// <param name="keepOwners">Whether the files keep the numbers of their owners; otherwise root owns them.</param>
    /// <param name="written">Receives the size of each file.</param>
    /// <param name="omitted">Receives the path of each device, pipe and socket, which are not written.</param>
    /// <param name="token">Ends the archive after the current file.</param>
    public static void Write(TarWriter tar, string path, string? name, bool keepOwners, Action<long> written, Action<string> omitted, CancellationToken token)
    {
        var info = new FileInfo(path);
        bool isDirectory = info.LinkTarget is null && Directory.Exists(path);
        if (name is not null)
        {
            if (!Add(tar, path, name, isDirectory, info, keepOwners))
            {
                omitted(path);
                return;
            }

            written(isDirectory || info.LinkTarget is not null ? 0 : info.Length);
        }

        foreach (string child in isDirectory ? Directory.GetFileSystemEntries(path).Order(StringComparer.Ordinal).ToArray() : [])
        {
            if (token.IsCancellationRequested)
            {
                return;
            }

            string file = Path.GetFileName(child);
            Write(tar, child, name is null ? file : $"{name}/{file}", keepOwners, written, omitted, token);
        }
    }

    /// <summary>Writes an archive of another container with another name for its first component.</summary>
    /// <param name="tar">The archive.</param>
    /// <param name="source">The other archive.</param>
    /// <param name="name">The new name; null to omit the first component.</param>
    /// <param name="written">Receives the size of each file.</param>
    /// <param name="token">Ends the archive after the current file.</param>
    public static void Rewrite(TarWriter tar, Stream source, string? name, Action<long> written, CancellationToken token)
    {
        using var reader = new TarReader(source, leaveOpen: true);
        while (!token.IsCancellationRequested && reader.GetNextEntry(copyData: false) is { } entry)
        {
            string renamed = Renamed(entry.Name, name);
            if (renamed.Length == 0 || entry.EntryType == TarEntryType.GlobalExtendedAttributes)
            {
                continue;
            }

            tar.WriteEntry(Copy(entry, renamed, name));
            written(entry.EntryType == TarEntryType.Directory ? 0 : entry.Length);
        }
    }

    // An entry of a reader loses its content when its stream is replaced, and without that the writer does not know its length.
    private static PaxTarEntry Copy(TarEntry entry, string path, string? name)
    {
        var copy = new PaxTarEntry(entry.EntryType is TarEntryType.V7RegularFile or TarEntryType.ContiguousFile ? TarEntryType.RegularFile : entry.EntryType, path)
        {
            Mode = entry.Mode,
            ModificationTime = entry.ModificationTime,
            Uid = entry.Uid,
            Gid = entry.Gid,
        };
        if (entry.EntryType is TarEntryType.HardLink or TarEntryType.SymbolicLink)
        {
            copy.LinkName = entry.EntryType == TarEntryType.HardLink ? Renamed(entry.LinkName, name) : entry.LinkName;
        }

        if (entry is PosixTarEntry { EntryType: TarEntryType.BlockDevice or TarEntryType.CharacterDevice } device)
        {
            copy.DeviceMajor = device.DeviceMajor;
            copy.DeviceMinor = device.DeviceMinor;
        }

        if (entry.DataStream is { } data)
        {
            copy.DataStream = new SteadyFile(data, entry.Length);
        }

        return copy;
    }

    private static string Renamed(string entry, string? name)
    {
        string[] parts = [.. entry.Split('/').Where(part => part is not ("" or ".")).Skip(1)];
        return string.Join('/', name is null ? parts : [name, .. parts]) + (entry.EndsWith('/') && (parts.Length > 0 || name is not null) ? "/" : "");
    }

    /// <summary>Writes an archive and sends it to a container. A user who cancels this gets whole files, unless one takes longer than the time that a command has to end.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="container">The container's id.</param>
    /// <param name="directory">The directory in the container to which the archive's names are relative.</param>
    /// <param name="options">How it is copied.</param>
    /// <param name="write">Writes the archive. When the token is canceled, it returns after the current file.</param>
    /// <param name="late">Cancels the transfer.</param>
    /// <param name="token">The user's token.</param>
    /// <returns>Completes when the container has the files.</returns>
    /// <exception cref="EngineException">PathInvalid: a file cannot be read.</exception>
    public static async Task SendAsync(
        IEngine engine, string container, string directory, ArchiveOptions options, Action<TarWriter, CancellationToken> write, LateStop late, CancellationToken token)
    {
        await using var stream = new ContextStream(
            (target, _) =>
            {
                using var tar = new TarWriter(target, TarEntryFormat.Pax);
                write(tar, token);
            },
            late.Token);
        try
        {
            await engine.CopyToContainerAsync(container, directory, stream, options, late.Token).ConfigureAwait(false);
        }
        catch (EngineException) when (stream.Fault is { } fault)
        {
            throw new EngineException(EngineErrorId.PathInvalid, $"Cannot read the files to copy: {fault.Message}", "Check that the files exist and that you can read them", fault);
        }

        token.ThrowIfCancellationRequested();
    }

    // No archive can hold a time before 1970.
    private static DateTimeOffset Time(string path)
    {
        var time = new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero);
        return time < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : time;
    }

    /// <summary>Writes one entry.</summary>
    /// <param name="tar">The archive.</param>
    /// <param name="path">The absolute path.</param>
    /// <param name="name">Its name in the archive.</param>
    /// <param name="isDirectory">Whether it is a directory, whose content is not written.</param>
    /// <param name="info">Details about the path.</param>
    /// <param name="keepOwners">Whether the file keeps the numbers of its owners; otherwise root owns it.</param>
    /// <returns>False for a device, a pipe or a socket: it is not written, because it has no content and can block when it is opened.</returns>
    internal static bool Add(TarWriter tar, string path, string name, bool isDirectory, FileInfo info, bool keepOwners)
    {
        if (!isDirectory && info.LinkTarget is null && info.Exists && !FileKind.IsRegular(info))
        {
            return false;
        }

        if (keepOwners)
        {
            tar.WriteEntry(path, name);
            return true;
        }

        TarEntryType type = info.LinkTarget is not null ? TarEntryType.SymbolicLink : isDirectory ? TarEntryType.Directory : TarEntryType.RegularFile;
        var entry = new PaxTarEntry(type, isDirectory ? name + "/" : name)
        {
            Mode = type == TarEntryType.SymbolicLink ? (UnixFileMode)0b111_111_111 : SentMode.Of(isDirectory ? new DirectoryInfo(path) : info, HostPaths.Current),
            ModificationTime = Time(path),
        };
        if (info.LinkTarget is { } target)
        {
            entry.LinkName = HostPaths.Current.ToSlash(target);
        }

        using FileStream? content = type == TarEntryType.RegularFile ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete) : null;
        if (content is not null)
        {
            entry.DataStream = new SteadyFile(content, content.Length);
        }

        tar.WriteEntry(entry);
        return true;
    }
}
