using System.Formats.Tar;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Copying;

/// <summary>Copies files between this machine and containers, running or not.</summary>
/// <param name="engine">The engine.</param>
/// <param name="progress">Receives the bytes so far; called from any thread.</param>
/// <param name="host">The rules of this machine; null for those of this system.</param>
public sealed class ContainerCopy(IEngine engine, Action<long> progress, HostPaths? host = null)
{
    private const int MostLinks = 40;

    private readonly HostPaths _host = host ?? HostPaths.Current;
    private readonly List<string> _omitted = [];
    private long _bytes;
    private int _files;

    /// <summary>Copies a file or directory from a container to this machine.</summary>
    /// <param name="container">The container's id.</param>
    /// <param name="source">The path in the container.</param>
    /// <param name="destination">The absolute path on this machine, with a separator at its end if the user wrote one.</param>
    /// <param name="followLink">Whether the target of a link is copied instead of the link.</param>
    /// <param name="token">Cancels it. Nothing half written is left.</param>
    /// <returns>What was copied.</returns>
    /// <exception cref="EngineException">PathNotFound, PathInvalid, ArchiveUnsafe.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public async Task<CopyResult> ToLocalAsync(string container, string source, string destination, bool followLink, CancellationToken token)
    {
        (string path, ContainerPath found) = await FindAsync(container, source, followLink, token).ConfigureAwait(false);
        bool isDirectory = Directory.Exists(destination);
        CopyDestination existing = isDirectory ? CopyDestination.Directory : File.Exists(destination) ? CopyDestination.File : CopyDestination.Nothing;
        string local = _host.ToSlash(destination);
        CopyPlan plan = CopyPlan.Of(new CopySource(NameOf(source, found), found.IsDirectory, IsContent(source)), local, existing);
        if (!Directory.Exists(plan.Directory))
        {
            throw NotFound($"The directory '{plan.Directory}' does not exist.", "Create it first");
        }

        if (plan.Name is { } name && !_host.IsName(name))
        {
            throw new EngineException(EngineErrorId.PathInvalid, $"'{name}' cannot be the name of a file on this machine.", "Specify the path of the file as the destination");
        }

        string target = plan.Name is null ? plan.Directory : Path.Combine(plan.Directory, plan.Name);
        string temporary = Path.Combine(plan.Directory, $".{plan.Name ?? "copy"}.{Path.GetRandomFileName()}");
        var extraction = new TreeExtraction(temporary, _host);
        try
        {
            ContainerArchive archive = await engine.CopyFromContainerAsync(container, path, token).ConfigureAwait(false) ?? throw Missing(source);
            await using (archive.Tar)
            {
                await extraction.RunAsync(archive.Tar, progress, token).ConfigureAwait(false);
            }

            if (Path.Exists(temporary) || new FileInfo(temporary).LinkTarget is not null)
            {
                bool isNew = !Directory.Exists(target);
                TreePlacement.Move(temporary, target);
                extraction.Finish(target, withRoot: isNew);
            }
        }
        finally
        {
            Remove(temporary);
        }

        return new CopyResult(extraction.Files, extraction.Bytes, extraction.Omitted);
    }

    /// <summary>Copies a file or directory of this machine into a container.</summary>
    /// <param name="source">The absolute path on this machine.</param>
    /// <param name="isContent">Whether only the content of the directory is copied.</param>
    /// <param name="container">The container's id.</param>
    /// <param name="destination">The path in the container.</param>
    /// <param name="options">How it is copied.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>What was copied.</returns>
    /// <exception cref="EngineException">PathNotFound, PathInvalid.</exception>
    public async Task<CopyResult> ToContainerAsync(string source, bool isContent, string container, string destination, CopyOptions options, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(options);
        var info = new FileInfo(source);
        string path = options.FollowLink && info.LinkTarget is not null ? Target(info) : source;
        bool isLink = new FileInfo(path).LinkTarget is not null;
        if (!isLink && !Path.Exists(path))
        {
            throw NotFound($"'{source}' does not exist.", "Correct the path");
        }

        var from = new CopySource(Path.GetFileName(source), !isLink && Directory.Exists(path), isContent);
        CopyPlan plan = await PlanAsync(from, container, destination, token).ConfigureAwait(false);
        using var late = new LateStop(token);
        return await SendAsync(container, plan, options, (tar, stop) => TreeArchive.Write(tar, path, plan.Name, options.KeepOwners, Count, _omitted.Add, stop), late, token).ConfigureAwait(false);
    }

    /// <summary>Writes a file in a container.</summary>
    /// <param name="content">Its content.</param>
    /// <param name="container">The container's id.</param>
    /// <param name="destination">The path of the file.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="EngineException">PathNotFound, PathInvalid: it is a directory.</exception>
    public async Task<CopyResult> WriteAsync(ReadOnlyMemory<byte> content, string container, string destination, CancellationToken token)
    {
        CopyPlan plan = await PlanAsync(new CopySource("", IsDirectory: false, ContentOnly: false), container, destination, token).ConfigureAwait(false);
        if (string.IsNullOrEmpty(plan.Name))
        {
            throw new EngineException(EngineErrorId.PathInvalid, $"Expected a file as the destination of the input, found the directory '{destination}'.", "Specify the path of a file");
        }

        using var late = new LateStop(token);
        return await SendAsync(
            container,
            plan,
            new CopyOptions(),
            (tar, _) =>
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, plan.Name)
                {
                    Mode = (UnixFileMode)0b110_100_100,
                    ModificationTime = DateTimeOffset.UtcNow,
                    DataStream = new MemoryStream(content.ToArray()),
                });
                Count(content.Length);
            },
            late,
            token).ConfigureAwait(false);
    }

    /// <summary>Copies a file or directory from one container to another, which can be on another engine.</summary>
    /// <param name="from">The id of the first container.</param>
    /// <param name="source">The path in it.</param>
    /// <param name="other">The engine of the second container.</param>
    /// <param name="container">The id of the second container.</param>
    /// <param name="destination">The path in it.</param>
    /// <param name="options">How it is copied.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>What was copied.</returns>
    /// <exception cref="EngineException">PathNotFound, PathInvalid.</exception>
    public async Task<CopyResult> AcrossAsync(string from, string source, ContainerCopy other, string container, string destination, CopyOptions options, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(options);
        (string path, ContainerPath found) = await FindAsync(from, source, options.FollowLink, token).ConfigureAwait(false);
        CopyPlan plan = await other.PlanAsync(new CopySource(NameOf(source, found), found.IsDirectory, IsContent(source)), container, destination, token).ConfigureAwait(false);
        using var late = new LateStop(token);
        ContainerArchive archive = await engine.CopyFromContainerAsync(from, path, late.Token).ConfigureAwait(false) ?? throw Missing(source);
        await using (archive.Tar)
        {
            return await other.SendAsync(container, plan, options, (tar, stop) => TreeArchive.Rewrite(tar, archive.Tar, plan.Name, other.Count, stop), late, token).ConfigureAwait(false);
        }
    }

    /// <summary>Reads the content of one file in a container.</summary>
    /// <param name="container">The container's id.</param>
    /// <param name="source">The path.</param>
    /// <param name="output">Receives the bytes.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes at the end of the file.</returns>
    /// <exception cref="EngineException">PathNotFound; PathInvalid: it is a directory.</exception>
    public async Task ReadAsync(string container, string source, Stream output, CancellationToken token)
    {
        (string path, ContainerPath found) = await FindAsync(container, source, followLink: true, token).ConfigureAwait(false);
        if (found.IsDirectory)
        {
            throw new EngineException(EngineErrorId.PathInvalid, $"Expected a file, but '{source}' is a directory.", "Specify a file, or a destination");
        }

        ContainerArchive archive = await engine.CopyFromContainerAsync(container, path, token).ConfigureAwait(false) ?? throw Missing(source);
        await using (archive.Tar)
        {
            await using var reader = new TarReader(archive.Tar, leaveOpen: true);
            if (await reader.GetNextEntryAsync(copyData: false, token).ConfigureAwait(false) is { DataStream: { } data })
            {
                await data.CopyToAsync(output, token).ConfigureAwait(false);
            }
        }
    }

    private async Task<CopyResult> SendAsync(string container, CopyPlan plan, CopyOptions options, Action<TarWriter, CancellationToken> write, LateStop late, CancellationToken token)
    {
        _bytes = 0;
        _files = 0;
        _omitted.Clear();
        try
        {
            var archive = new ArchiveOptions { KeepOwners = options.KeepOwners, ReplaceDirectories = false };
            await TreeArchive.SendAsync(engine, container, plan.Directory, archive, write, late, token).ConfigureAwait(false);
        }
        catch (EngineException fault) when (fault.IsNotFound && fault.Message.Contains(plan.Directory, StringComparison.Ordinal))
        {
            throw NotFound($"The directory '{plan.Directory}' does not exist in the container.", "Create the directory, or specify another destination");
        }

        return new CopyResult(_files, _bytes, [.. _omitted]);
    }

    private void Count(long size)
    {
        _files++;
        _bytes += size;
        progress(_bytes);
    }

    private async Task<CopyPlan> PlanAsync(CopySource source, string container, string destination, CancellationToken token)
    {
        string path = Rooted(destination);
        ContainerPath? found = await engine.StatContainerPathAsync(container, path, token).ConfigureAwait(false);
        for (int links = 0; found?.LinkTarget is { Length: > 0 } target && links < MostLinks; links++)
        {
            path = Resolve(path, target);
            found = await engine.StatContainerPathAsync(container, path, token).ConfigureAwait(false);
        }

        return CopyPlan.Of(source, path, found is null ? CopyDestination.Nothing : found.IsDirectory ? CopyDestination.Directory : CopyDestination.File);
    }

    private async Task<(string Path, ContainerPath Found)> FindAsync(string container, string source, bool followLink, CancellationToken token)
    {
        string path = Rooted(source.EndsWith("/.", StringComparison.Ordinal) ? source[..^2] : source);
        path = path.Length > 1 ? path.TrimEnd('/') : path;
        path = path.Length == 0 ? "/" : path;
        ContainerPath found = await engine.StatContainerPathAsync(container, path, token).ConfigureAwait(false) ?? throw Missing(source);
        for (int links = 0; (followLink || IsContent(source)) && found.LinkTarget is { Length: > 0 } target && links < MostLinks; links++)
        {
            path = Resolve(path, target);
            found = await engine.StatContainerPathAsync(container, path, token).ConfigureAwait(false) ?? throw Missing(source);
        }

        return (path, found);
    }

    // Resolving also fails for links that lead back to themselves.
    private static string Target(FileInfo link)
    {
        try
        {
            return link.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? link.FullName;
        }
        catch (IOException fault)
        {
            throw new EngineException(EngineErrorId.PathInvalid, $"Cannot follow the link '{link.FullName}': {fault.Message}", "Fix the link, or copy the link itself", fault);
        }
    }

    private static bool IsContent(string source) => source.EndsWith("/.", StringComparison.Ordinal);

    private static string NameOf(string source, ContainerPath found)
    {
        string name = source.TrimEnd('/', '.').Split('/')[^1];
        return name.Length > 0 ? name : found.Name.Trim('/') is { Length: > 0 } own ? own : "root";
    }

    // The engine treats a relative path as relative to the root directory.
    private static string Rooted(string path) => path.StartsWith('/') ? path : "/" + path;

    private static string Resolve(string path, string target) =>
        target.StartsWith('/') ? target : $"{path[..(path.TrimEnd('/').LastIndexOf('/') + 1)]}{target}";

    private static void Remove(string path)
    {
        try
        {
            if (new FileInfo(path).LinkTarget is null && Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                SymbolicLink.Delete(path);
            }
        }
        catch (UnauthorizedAccessException)
        {
            // A directory of the archive that its own mode protects. Its name shows what it is.
        }
    }

    private static EngineException Missing(string path) => NotFound($"'{path}' does not exist in the container.", "Correct the path");

    private static EngineException NotFound(string message, string recommendation) => new(EngineErrorId.PathNotFound, message, recommendation);
}

/// <summary>How files are copied.</summary>
public sealed record CopyOptions
{
    /// <summary>Whether the target of a link is copied instead of the link.</summary>
    public bool FollowLink { get; init; }

    /// <summary>Whether files keep the numbers of their owners.</summary>
    public bool KeepOwners { get; init; }
}

/// <summary>The result of a copy.</summary>
/// <param name="Files">The number of files, links and directories.</param>
/// <param name="Bytes">The bytes of the files.</param>
/// <param name="Omitted">Devices, pipes and sockets that were not copied.</param>
public sealed record CopyResult(int Files, long Bytes, IReadOnlyList<string> Omitted);
