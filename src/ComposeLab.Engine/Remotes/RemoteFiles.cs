using ComposeLab.Compose.Files;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Engine.Registries;

namespace ComposeLab.Engine.Remotes;

/// <summary>Fetches projects from registries and git repositories into a folder of the user. What names its content is fetched once.</summary>
/// <param name="environment">The OS environment; it determines the folder, the credentials and the git program.</param>
public sealed class RemoteFiles(IReadOnlyDictionary<string, string> environment) : IRemoteFiles
{
    private const string ComposeFile = "compose.yaml";

    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Fetch(RemoteReference reference, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return _known.TryGetValue(reference.Text, out string? file) ? file
            : _known[reference.Text] = reference.IsGit ? new GitFiles(environment, Folder()).Fetch(reference, token) : FetchArtifactAsync(reference, token).GetAwaiter().GetResult();
    }

    /// <summary>Puts the files of an artifact into a folder, as docker compose does: the Compose files are the documents of one file.</summary>
    /// <param name="files">The files.</param>
    /// <param name="folder">The folder; it exists.</param>
    /// <returns>The path of the Compose file.</returns>
    internal static string Write(IReadOnlyList<ArtifactFile> files, string folder)
    {
        string main = Path.Combine(folder, ComposeFile);
        using (FileStream target = File.Create(main))
        {
            foreach (ArtifactFile file in files.Where(file => file.Kind == ArtifactFileKind.Compose))
            {
                if (target.Position > 0)
                {
                    target.Write("\n---\n"u8);
                }

                target.Write(file.Content.Span);
            }
        }

        foreach (ArtifactFile file in files.Where(file => file.Kind != ArtifactFileKind.Compose))
        {
            File.WriteAllBytes(Path.Combine(folder, file.Name), file.Content.ToArray());
        }

        return main;
    }

    private async Task<string> FetchArtifactAsync(RemoteReference reference, CancellationToken token)
    {
        RegistryReference artifact = RegistryReference.Parse(reference.Address);
        string root = Path.Combine(Folder(), "oci");
        if (artifact.Digest is { } pin && Path.Combine(root, pin["sha256:".Length..], ComposeFile) is var known && File.Exists(known))
        {
            return known;
        }

        using var client = new RegistryClient(environment);
        (IReadOnlyList<ArtifactFile> files, string digest) = await ComposeArtifact.ReadAsync(client, artifact, token).ConfigureAwait(false);
        return RemoteFolder.Fill(Path.Combine(root, digest["sha256:".Length..]), folder => Write(files, folder), reference.Text);
    }

    private string Folder() => FolderOf(environment, HostPaths.Current, OperatingSystem.IsMacOS());

    /// <summary>The folder for what was fetched.</summary>
    /// <param name="environment">The OS environment.</param>
    /// <param name="host">The rules of the host.</param>
    /// <param name="isMac">Whether the host runs macOS.</param>
    /// <returns>The folder; it may not exist.</returns>
    internal static string FolderOf(IReadOnlyDictionary<string, string> environment, HostPaths host, bool isMac)
    {
        string? cache = environment.GetValueOrDefault("XDG_CACHE_HOME") is { Length: > 0 } given ? given
            : host.IsWindows ? environment.GetValueOrDefault("LOCALAPPDATA")
            : host.HomeOf(environment) is { } home ? host.Join(home, isMac ? "Library/Caches" : ".cache") : null;
        return host.Join(string.IsNullOrEmpty(cache) ? Path.GetTempPath() : cache, "composelab/remote");
    }
}

/// <summary>A folder that is filled completely or does not exist.</summary>
internal static class RemoteFolder
{
    /// <summary>Fills a folder, unless it exists.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="fill">Fills another one, and returns the path of a file in it.</param>
    /// <param name="what">What is fetched, for the message.</param>
    /// <returns>The path of the file in the folder.</returns>
    /// <exception cref="EngineException">RegistryFailed: the folder cannot be written.</exception>
    public static string Fill(string folder, Func<string, string> fill, string what)
    {
        string draft = $"{folder}.{Guid.NewGuid():N}.tmp";
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(draft);
            }
            else
            {
                Directory.CreateDirectory(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            string file = fill(draft);
            Move(draft, folder);
            return Path.Combine(folder, Path.GetRelativePath(draft, file));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new EngineException(
                EngineErrorId.RegistryFailed, $"The files of {what} cannot be written to {folder}: {fault.Message.TrimEnd('.')}.", "Set XDG_CACHE_HOME to a folder that you can write to", fault);
        }
        finally
        {
            if (Directory.Exists(draft))
            {
                FolderRemoval.Delete(draft);
            }
        }
    }

    // Another command may have fetched the same in the meantime.
    private static void Move(string draft, string folder)
    {
        try
        {
            Directory.Move(draft, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            FolderRemoval.Delete(draft);
        }
    }
}
