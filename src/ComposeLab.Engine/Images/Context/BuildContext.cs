using System.Formats.Tar;
using System.Security.Cryptography;

namespace ComposeLab.Engine.Images.Context;

/// <summary>The files a build sees, as the tar archive that the engine wants. The archive is made while it is sent; nothing is stored.</summary>
internal sealed class BuildContext
{
    private readonly DirectoryInfo _root;
    private readonly IgnoreFile _ignore;
    private readonly byte[]? _dockerfile;
    private readonly BuildSpec _spec;
    private Sent _sent = new();

    /// <summary>Prepares a context.</summary>
    /// <param name="spec">What is built.</param>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorId.ImageBuildFailed"/>: the directory or the Dockerfile does not exist, or the ignore file has a fault.
    /// </exception>
    public BuildContext(BuildSpec spec)
    {
        _spec = spec;
        _root = new DirectoryInfo(spec.Context);
        if (!_root.Exists)
        {
            throw Missing(spec, $"expected the build context '{spec.Context}' to be a directory, found none", "Correct build.context in the compose file.");
        }

        var file = spec.DockerfileInline is null ? Path.Combine(spec.Context, spec.Dockerfile) : null;
        if (file is not null && !File.Exists(file))
        {
            throw Missing(spec, $"expected the Dockerfile '{file}', found none", "Correct build.dockerfile in the compose file, or add the file.");
        }

        _ignore = IgnoreFile.For(spec.Context, file);
        var relative = file is null ? null : Path.GetRelativePath(spec.Context, file).Replace(Path.DirectorySeparatorChar, '/');
        var inside = relative is not null && !relative.StartsWith("../", StringComparison.Ordinal) && !Path.IsPathRooted(relative);
        if (inside && !IsIgnored(relative!))
        {
            Dockerfile = relative!;
            return;
        }

        // Not among the files that are sent, but the engine has to read it. Its API takes one archive and looks for the Dockerfile in there, and BuildKit hides nothing of
        // an archive from COPY; so it travels under a name that no project uses.
        Dockerfile = ".dockerfile.composelab";
        _dockerfile = spec.DockerfileInline is { } text ? System.Text.Encoding.UTF8.GetBytes(text) : File.ReadAllBytes(file!);
    }

    /// <summary>The Dockerfile's path inside the archive.</summary>
    public string Dockerfile { get; }

    /// <summary>Bytes of file content put into the archive that was begun last.</summary>
    public long BytesRead => _sent.Bytes;

    /// <summary>The SHA-256 of the archive that was begun last and the Dockerfile's path in it: equal trees have equal digests. Null until it is complete.</summary>
    public string? Digest => _sent.Digest;

    /// <summary>Why an archive broke off; null as long as none did.</summary>
    public EngineException? Fault { get; private set; }

    /// <summary>Reads the text of a build's Dockerfile.</summary>
    /// <param name="spec">What is built.</param>
    /// <param name="token">Ends the reading early.</param>
    /// <returns>The text; empty where it cannot be read, which the build itself puts into words.</returns>
    public static async Task<string> DockerfileTextAsync(BuildSpec spec, CancellationToken token)
    {
        try
        {
            return spec.DockerfileInline ?? await File.ReadAllTextAsync(Path.Combine(spec.Context, spec.Dockerfile), token).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Starts to write an archive on another thread.</summary>
    /// <param name="token">Ends the writing early.</param>
    /// <returns>The archive, to be read once; disposing it ends the writing too.</returns>
    public Stream Open(CancellationToken token)
    {
        var sent = _sent = new Sent();
        return new ContextStream((target, unread) => WriteTo(target, sent, unread), token);
    }

    /// <summary>Writes an archive and closes the stream.</summary>
    /// <param name="target">Gets the archive.</param>
    /// <param name="token">Ends the writing early.</param>
    public void WriteTo(Stream target, CancellationToken token) => WriteTo(target, _sent = new Sent(), token);

    /// <summary>Lists what goes to the engine, found while it is read.</summary>
    /// <returns>Each directory before its entries, names in ordinal order.</returns>
    public IEnumerable<ContextEntry> Entries() => new ContextWalk(_root, _ignore).Entries();

    private void WriteTo(Stream target, Sent sent, CancellationToken token)
    {
        using var hash = SHA256.Create();
        using (var hashing = new CryptoStream(target, hash, CryptoStreamMode.Write))
        using (var tar = new TarWriter(hashing, TarEntryFormat.Gnu))
        {
            Write(tar, sent, token);
        }

        sent.Digest = $"{Convert.ToHexString(hash.Hash!)} {Dockerfile}";
    }

    private void Write(TarWriter tar, Sent sent, CancellationToken token)
    {
        // BuildKit decides by the first 512 bytes whether it was sent an archive: a long name's extra block there would make it take all for a Dockerfile.
        tar.WriteEntry(Header(TarEntryType.Directory, "./", (UnixFileMode)0b111_101_101));
        if (_dockerfile is not null)
        {
            var dockerfile = Header(TarEntryType.RegularFile, Dockerfile, (UnixFileMode)0b110_100_100);
            dockerfile.DataStream = new MemoryStream(_dockerfile);
            tar.WriteEntry(dockerfile);
        }

        foreach (var (entry, content) in Opened())
        {
            using (content)
            {
                token.ThrowIfCancellationRequested();
                Write(tar, entry, content, sent);
            }
        }
    }

    private static GnuTarEntry Header(TarEntryType type, ContextEntry entry) =>
        // A link has no permissions of its own; asking for them asks its target, which may not be there.
        Header(type, entry.Path, type == TarEntryType.SymbolicLink ? (UnixFileMode)0b111_111_111
            : OperatingSystem.IsWindows() ? (UnixFileMode)0b111_101_101 : entry.Info.UnixFileMode);

    // Owner and times would only make the same files look different on another machine; the pax format would even note this process's id.
    private static GnuTarEntry Header(TarEntryType type, string path, UnixFileMode mode) => new(type, path)
    {
        ModificationTime = DateTimeOffset.UnixEpoch,
        AccessTime = default,
        ChangeTime = default,
        Mode = mode,
    };

    // Only finding and opening are guarded: a fault of writing means that nobody listens any more.
    private IEnumerable<(ContextEntry Entry, FileStream? Content)> Opened()
    {
        using var entries = Entries().GetEnumerator();
        while (true)
        {
            FileStream? content;
            try
            {
                if (!entries.MoveNext())
                {
                    yield break;
                }

                content = entries.Current.Info is FileInfo { LinkTarget: null } file && FileKind.IsRegular(file)
                    ? new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0)
                    : null;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                throw Fault = Missing(
                    _spec, $"expected to read every file of the build context, found: {fault.Message}",
                    "Allow it to be read, or leave it out with a line in .dockerignore", fault);
            }

            yield return (entries.Current, content);
        }
    }

    private static EngineException Missing(BuildSpec spec, string message, string recommendation, Exception? inner = null) =>
        new(EngineErrorId.ImageBuildFailed, $"The image of {spec.Title} cannot be built: {message.TrimEnd('.')}.", recommendation, inner) { Service = spec.Service };

    private static void Write(TarWriter tar, ContextEntry entry, FileStream? content, Sent sent)
    {
        if (entry.Info.LinkTarget is { } target)
        {
            var link = Header(TarEntryType.SymbolicLink, entry);
            link.LinkName = target.Replace(Path.DirectorySeparatorChar, '/');
            tar.WriteEntry(link);
        }
        else if (entry.Info is DirectoryInfo)
        {
            tar.WriteEntry(Header(TarEntryType.Directory, entry));
        }
        else if (content is not null)
        {
            var header = Header(TarEntryType.RegularFile, entry);
            header.DataStream = new SteadyFile(content, content.Length);
            sent.Bytes += content.Length;
            tar.WriteEntry(header);
        }
    }

    private bool IsIgnored(string path)
    {
        var state = _ignore.Root;
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            state = _ignore.Of(path[..slash], state);
        }

        return _ignore.Of(path, state).Ignored;
    }

    private sealed class Sent
    {
        public long Bytes { get; set; }

        public string? Digest { get; set; }
    }
}
