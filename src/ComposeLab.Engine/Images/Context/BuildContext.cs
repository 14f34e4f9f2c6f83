using System.Formats.Tar;
using System.Text;
using ComposeLab.Compose.Dockerfiles;
using ComposeLab.Compose.Normalizing;

namespace ComposeLab.Engine.Images.Context;

/// <summary>The files of a build as a tar archive for the engine. The archive is created while it is sent and is not stored.</summary>
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
    /// <see cref="EngineErrorId.ImageBuildFailed"/>: the directory or the Dockerfile does not exist, or the ignore file is invalid.
    /// </exception>
    public BuildContext(BuildSpec spec)
    {
        _spec = spec;
        _root = new DirectoryInfo(spec.Context);
        if (!_root.Exists)
        {
            throw Missing(spec, $"the build context directory '{spec.Context}' does not exist", "Correct build.context in the compose file.");
        }

        var file = spec.DockerfileInline is null ? Path.Combine(spec.Context, spec.Dockerfile) : null;
        if (file is not null && !File.Exists(file))
        {
            throw Missing(spec, $"the Dockerfile '{file}' does not exist", "Correct build.dockerfile in the compose file, or add the file.");
        }

        _ignore = Guarded(() => IgnoreFile.For(spec.Context, file));
        var relative = file is null ? null : Path.GetRelativePath(spec.Context, file).Replace(Path.DirectorySeparatorChar, '/');
        var inside = relative is not null && !relative.StartsWith("../", StringComparison.Ordinal) && !Path.IsPathRooted(relative);
        bool isChanged = spec.ContextImages.Count > 0 || spec.NoCacheStages.Count > 0;
        if (inside && !isChanged && !IsIgnored(relative!))
        {
            Dockerfile = relative!;
            return;
        }

        // The context excludes it, but the engine must read it. The API expects the Dockerfile in the archive, and BuildKit does not hide any part of
        // the archive from COPY, whatever .dockerignore says. So steps that would see it get the context from a folder next to it.
        Dockerfile = ".dockerfile.composelab";
        string text = spec.DockerfileInline ?? Encoding.UTF8.GetString(Guarded(() => RuleFile.Read(file!)));
        text = DockerfileEdits.WithContexts(text, spec.Arguments, spec.ContextImages);
        text = DockerfileEdits.WithoutCache(text, spec.Arguments, spec.NoCacheStages, Guid.NewGuid().ToString("N"));
        text = DockerfileEdits.WithTriggers(text, spec.Arguments, spec.Target);
        if (DockerfileEdits.TakesWholeContext(text, spec.Arguments))
        {
            Stages = DockerfileStages.Of(DockerfileSyntax.Parse(text), spec.Arguments).Count;
            text = DockerfileEdits.WithContextStage(text, spec.Arguments);
        }

        _dockerfile = Encoding.UTF8.GetBytes(text);
    }

    /// <summary>The number of the Dockerfile's own stages if another one, for the context, was put before them; otherwise 0.</summary>
    public int Stages { get; }

    /// <summary>The stage to build, as the Dockerfile that is sent numbers it.</summary>
    public string? Target => Stages > 0 && _spec.Target is { } target ? DockerfileEdits.Following(target) : _spec.Target;

    /// <summary>The Dockerfile's path inside the archive.</summary>
    public string Dockerfile { get; }

    /// <summary>Bytes of file content in the latest archive.</summary>
    public long BytesRead => _sent.Bytes;

    /// <summary>The error of an incomplete archive, or null.</summary>
    public EngineException? Fault { get; private set; }

    /// <summary>Reads the text of a build's Dockerfile; the names of additional contexts are replaced with images.</summary>
    /// <param name="spec">What is built.</param>
    /// <returns>The text; empty if it cannot be read; then the build reports the error.</returns>
    public static string DockerfileText(BuildSpec spec)
    {
        try
        {
            string text = spec.DockerfileInline ?? Encoding.UTF8.GetString(RuleFile.Read(Path.Combine(spec.Context, spec.Dockerfile)));
            return DockerfileEdits.WithContexts(text, spec.Arguments, spec.ContextImages);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Starts to write an archive on another thread.</summary>
    /// <param name="token">Cancels it.</param>
    /// <returns>The archive, which can be read once. Disposing it also stops the writer.</returns>
    public Stream Open(CancellationToken token)
    {
        var sent = _sent = new Sent();
        return new ContextStream((target, unread) => WriteTo(target, sent, unread), token);
    }

    /// <summary>Writes an archive and closes the stream.</summary>
    /// <param name="target">Receives the archive.</param>
    /// <param name="token">Cancels it.</param>
    public void WriteTo(Stream target, CancellationToken token) => WriteTo(target, _sent = new Sent(), token);

    /// <summary>Lists the entries to send, while the tree is read.</summary>
    /// <returns>Each directory before its entries, names in ordinal order.</returns>
    public IEnumerable<ContextEntry> Entries() => new ContextWalk(_root, _ignore).Entries();

    private void WriteTo(Stream target, Sent sent, CancellationToken token)
    {
        using (target)
        using (var tar = new TarWriter(target, TarEntryFormat.Gnu))
        {
            Write(tar, sent, token);
        }
    }

    private void Write(TarWriter tar, Sent sent, CancellationToken token)
    {
        var archive = new ContextArchive(tar, HostPaths.Current);
        archive.Begin();
        if (_dockerfile is not null)
        {
            archive.Add(Dockerfile, _dockerfile);
        }

        string folder = Stages > 0 ? DockerfileEdits.ContextFolder : "";
        if (folder.Length > 0)
        {
            archive.AddFolder(folder);
        }

        foreach (var (entry, content) in Opened())
        {
            using (content)
            {
                token.ThrowIfCancellationRequested();
                sent.Bytes += content?.Length ?? 0;
                archive.Add(folder.Length > 0 ? entry with { Path = folder + entry.Path } : entry, content);
            }
        }
    }

    // Only errors while listing and opening files are handled: a write error means that the reader has stopped.
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
                    _spec, $"a file of the build context cannot be read: {fault.Message}",
                    "Allow reading it, or exclude it in .dockerignore", fault);
            }

            yield return (entries.Current, content);
        }
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Missing(_spec, $"the Dockerfile or its ignore file cannot be read: {fault.Message}", "Allow reading these files.", fault);
        }
    }

    private static EngineException Missing(BuildSpec spec, string message, string recommendation, Exception? inner = null) =>
        new(EngineErrorId.ImageBuildFailed, $"Cannot build the image of {spec.Title}: {message.TrimEnd('.')}.", recommendation, inner) { Service = spec.Service };

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
    }
}
