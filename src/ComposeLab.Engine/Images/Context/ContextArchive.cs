using System.Formats.Tar;
using ComposeLab.Compose.Normalizing;

namespace ComposeLab.Engine.Images.Context;

/// <summary>Writes a build context as a tar archive for the engine. The same tree produces the same bytes on any machine.</summary>
/// <param name="tar">The archive.</param>
/// <param name="host">The rules of this host.</param>
internal sealed class ContextArchive(TarWriter tar, HostPaths host)
{
    private const long LatestSecond = 0x1_FFFF_FFFF;
    private const UnixFileMode OwnFile = (UnixFileMode)0b110_100_100;
    private const UnixFileMode OpenFolder = (UnixFileMode)0b111_101_101;
    private const UnixFileMode Link = (UnixFileMode)0b111_111_111;

    /// <summary>Writes the first entry. BuildKit detects an archive by the first 512 bytes: with the additional block of a long name there, it would treat
    /// the archive as a Dockerfile.</summary>
    public void Begin() => tar.WriteEntry(Header(TarEntryType.Directory, "./", OpenFolder));

    /// <summary>Adds a folder that is not in the tree.</summary>
    /// <param name="path">Its path in the archive.</param>
    public void AddFolder(string path) => tar.WriteEntry(Header(TarEntryType.Directory, path, OpenFolder));

    /// <summary>Adds a file that is not in the tree.</summary>
    /// <param name="path">Its path in the archive.</param>
    /// <param name="content">Its content.</param>
    public void Add(string path, byte[] content)
    {
        var header = Header(TarEntryType.RegularFile, path, OwnFile);
        header.DataStream = new MemoryStream(content);
        tar.WriteEntry(header);
    }

    /// <summary>Adds a file, directory or link of the tree; other kinds are omitted.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="content">The content of a regular file; null for everything else.</param>
    public void Add(ContextEntry entry, FileStream? content)
    {
        if (entry.Info.LinkTarget is { } target)
        {
            var link = Header(TarEntryType.SymbolicLink, entry.Path, Link, Time(entry));
            link.LinkName = host.ToSlash(target);
            tar.WriteEntry(link);
        }
        else if (entry.Info is DirectoryInfo)
        {
            tar.WriteEntry(Header(TarEntryType.Directory, entry.Path, Mode(entry), Time(entry)));
        }
        else if (content is not null)
        {
            var header = Header(TarEntryType.RegularFile, entry.Path, Mode(entry), Time(entry));
            header.DataStream = new SteadyFile(content, content.Length);
            tar.WriteEntry(header);
        }
    }

    private UnixFileMode Mode(ContextEntry entry) => SentMode.Of(entry.Info, host);

    // Some programs in the image use file times: archivers, web servers, make. The engine's cache does not. The field has a resolution of whole seconds.
    private static DateTimeOffset Time(ContextEntry entry)
    {
        long seconds = new DateTimeOffset(entry.Info.LastWriteTimeUtc, TimeSpan.Zero).ToUnixTimeSeconds();
        return DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, 0, LatestSecond));
    }

    // The owner would make the same files different on another machine; the pax format would even include this process's ID.
    private static GnuTarEntry Header(TarEntryType type, string path, UnixFileMode mode, DateTimeOffset? time = null) => new(type, path)
    {
        ModificationTime = time ?? DateTimeOffset.UnixEpoch,
        AccessTime = default,
        ChangeTime = default,
        Mode = mode,
    };
}

/// <summary>The mode bits of files that are sent to the engine.</summary>
internal static class SentMode
{
    /// <summary>The mode bits of a file or folder.</summary>
    /// <param name="info">The file or folder.</param>
    /// <param name="host">The rules of the host.</param>
    /// <returns>Its own; on Windows, as docker does there, everything can be executed, and the owner can write what is not read-only.</returns>
    public static UnixFileMode Of(FileSystemInfo info, HostPaths host) =>
        !host.IsWindows ? info.UnixFileMode : info.Attributes.HasFlag(FileAttributes.ReadOnly) ? (UnixFileMode)0b101_101_101 : (UnixFileMode)0b111_101_101;
}

/// <summary>An entry of a build context that is sent to the engine.</summary>
/// <param name="Path">Relative to the context, with forward slashes.</param>
/// <param name="Info">The file, directory or link.</param>
internal sealed record ContextEntry(string Path, FileSystemInfo Info);
