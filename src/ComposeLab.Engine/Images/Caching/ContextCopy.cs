using System.Text;
using ComposeLab.Compose.Files;
using ComposeLab.Engine.Images.Context;

namespace ComposeLab.Engine.Images.Caching;

/// <summary>A copy of a build's context in a temporary folder, without ignored files. Disposing deletes it.</summary>
internal sealed class ContextCopy : IDisposable
{
    private readonly string _folder;

    private ContextCopy(string folder, BuildSpec build, IReadOnlyList<string> files)
    {
        _folder = folder;
        Build = build;
        Files = files;
    }

    /// <summary>The build from the copy.</summary>
    public BuildSpec Build { get; }

    /// <summary>The regular files of the build, relative to the context with forward slashes.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Copies a context.</summary>
    /// <param name="build">The build.</param>
    /// <param name="token">Cancels the copy.</param>
    /// <returns>The copy.</returns>
    /// <exception cref="EngineException">ImageBuildFailed: the context or the Dockerfile is invalid.</exception>
    public static ContextCopy Of(BuildSpec build, CancellationToken token)
    {
        var context = new BuildContext(build);
        string? folder = null;
        try
        {
            folder = Directory.CreateTempSubdirectory("composelab-cache-").FullName;
            var files = new List<string>();
            List<ContextEntry> entries = [.. context.Entries()];
            foreach (ContextEntry entry in entries)
            {
                token.ThrowIfCancellationRequested();
                if (Copy(entry, Path.Combine(folder, entry.Path)))
                {
                    files.Add(entry.Path);
                }
            }

            // The cache compares permissions. Folders get theirs last, because they may be read-only.
            foreach (ContextEntry entry in entries.AsEnumerable().Reverse())
            {
                Protect(Path.Combine(folder, entry.Path), entry.Info);
            }

            CopyRules(build, folder);
            return new ContextCopy(folder, build with { Context = folder }, files);
        }
        catch (Exception fault)
        {
            if (folder is not null)
            {
                Delete(folder);
            }

            if (fault is IOException or UnauthorizedAccessException)
            {
                throw new EngineException(
                    EngineErrorId.ImageBuildFailed,
                    $"Cannot copy the build context {build.Context} to {Path.GetTempPath()}: {fault.Message}",
                    "Free up disk space, or set TMPDIR to a folder with enough space. Exclude unnecessary files in .dockerignore.",
                    fault);
            }

            throw;
        }
    }

    /// <summary>Appends to a file of the copy.</summary>
    /// <param name="path">The file, one of <see cref="Files"/>.</param>
    /// <param name="text">The text to append.</param>
    /// <returns>An object that reverts the change when disposed.</returns>
    public IDisposable Append(string path, string text)
    {
        var file = new FileInfo(Path.Combine(_folder, path));
        long length = file.Length;
        Write(file, stream =>
        {
            stream.Seek(0, SeekOrigin.End);
            stream.Write(Encoding.UTF8.GetBytes(text));
        });
        return new Undo(file, length);
    }

    /// <inheritdoc/>
    public void Dispose() => Delete(_folder);

    private static bool Copy(ContextEntry entry, string target)
    {
        if (entry.Info.LinkTarget is { } link)
        {
            File.CreateSymbolicLink(target, link);
            return false;
        }

        if (entry.Info is DirectoryInfo)
        {
            Directory.CreateDirectory(target);
            return false;
        }

        if (entry.Info is not FileInfo file || !FileKind.IsRegular(file))
        {
            return false;
        }

        file.CopyTo(target);
        return true;
    }

    // The Dockerfile and its ignore file control the build even if they are not part of the context.
    private static void CopyRules(BuildSpec build, string folder)
    {
        string[] rules = build.DockerfileInline is null
            ? [build.Dockerfile, $"{build.Dockerfile}.dockerignore", ".dockerignore"]
            : [".dockerignore"];
        foreach (string rule in rules.Where(rule => !Path.IsPathRooted(rule)))
        {
            string source = Path.GetFullPath(Path.Combine(build.Context, rule));
            string target = Path.GetFullPath(Path.Combine(folder, rule));
            if (File.Exists(source) && !File.Exists(target) && target.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(source, target);
            }
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            FolderRemoval.Delete(folder);
        }
        catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
        {
            // A remaining temporary folder is harmless, and the measurement is more important.
        }
    }

    private static void Protect(string target, FileSystemInfo original)
    {
        if (!OperatingSystem.IsWindows() && original.LinkTarget is null && (File.Exists(target) || Directory.Exists(target)))
        {
            File.SetUnixFileMode(target, original.UnixFileMode);
        }
    }

    // Makes a read-only file writable during the change.
    private static void Write(FileInfo file, Action<FileStream> change)
    {
        UnixFileMode mode = OperatingSystem.IsWindows() ? UnixFileMode.None : file.UnixFileMode;
        bool wasReadOnly = file.IsReadOnly;
        file.IsReadOnly = false;
        if (!OperatingSystem.IsWindows())
        {
            file.UnixFileMode = mode | UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (FileStream stream = file.Open(FileMode.Open, FileAccess.Write))
        {
            change(stream);
        }

        file.IsReadOnly = wasReadOnly;
        if (!OperatingSystem.IsWindows())
        {
            file.UnixFileMode = mode;
        }
    }

    private sealed class Undo(FileInfo file, long length) : IDisposable
    {
        public void Dispose() => Write(file, stream => stream.SetLength(length));
    }
}
