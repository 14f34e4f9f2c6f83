using System.Text;
using System.Text.RegularExpressions;
using ComposeLab.Compose.Files;

namespace ComposeLab.Policy;

/// <summary>The location of the files of a git repository. Only the location is read, never the configuration.</summary>
/// <param name="Folder">The work tree.</param>
/// <param name="GitFolder">The folder with the index.</param>
/// <param name="CommonFolder">The folder with the exclude list; different from <paramref name="GitFolder"/> in a linked work tree.</param>
internal sealed partial record GitWorkTree(string Folder, string GitFolder, string CommonFolder)
{
    private const int LargestPointer = 4096;

    /// <summary>Finds the work tree of a folder. A bare repository in between is part of the tree around it.</summary>
    /// <param name="folder">The absolute folder.</param>
    /// <returns>The work tree; null if there is none.</returns>
    public static GitWorkTree? Find(string folder)
    {
        for (string? place = folder; place is not null; place = Path.GetDirectoryName(place))
        {
            string entry = Path.Combine(place, ".git");
            if (Directory.Exists(entry))
            {
                return new GitWorkTree(place, entry, entry);
            }

            if (File.Exists(entry))
            {
                return Pointer(entry, GitDirectory(), place) is { } git && Directory.Exists(git)
                    ? new GitWorkTree(place, git, Pointer(Path.Combine(git, "commondir"), AnyPath(), git) ?? git)
                    : null;
            }
        }

        return null;
    }

    private static string? Pointer(string file, Regex form, string folder)
    {
        try
        {
            Match target = form.Match(Encoding.UTF8.GetString(BoundedFile.Read(file, CancellationToken.None, LargestPointer)));
            return target.Success ? Path.GetFullPath(target.Groups[1].Value, folder) : null;
        }
        catch (Exception fault) when (fault is InvalidFileException or ArgumentException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\Agitdir: ([^\r\n\0]+)")]
    private static partial Regex GitDirectory();

    [GeneratedRegex(@"\A([^\r\n\0]+)")]
    private static partial Regex AnyPath();
}

/// <summary>A temporary repository in a private folder, with copies of the index and exclude list of another one, and nothing else.</summary>
internal sealed partial class GitRepositoryCopy : IDisposable
{
    private const int LargestIndex = 128 * 1024 * 1024;
    private const int LargestText = 1024 * 1024;
    private const int MostSharedIndexes = 16;

    private GitRepositoryCopy(string folder) => Folder = folder;

    /// <summary>The git directory to use.</summary>
    public string Folder { get; }

    /// <summary>Copies the files that decide how git treats files.</summary>
    /// <param name="tree">The work tree.</param>
    /// <param name="token">Cancels the copy.</param>
    /// <returns>The copy, to be disposed; null if the repository cannot be read.</returns>
    public static GitRepositoryCopy? Of(GitWorkTree tree, CancellationToken token)
    {
        var copy = new GitRepositoryCopy(Directory.CreateTempSubdirectory("composelab-git-").FullName);
        try
        {
            copy.Fill(tree, token);
            return copy;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidFileException)
        {
            copy.Dispose();
            return null;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => FolderRemoval.Delete(Folder);

    private void Fill(GitWorkTree tree, CancellationToken token)
    {
        foreach (string folder in (string[])["objects", "refs", "info", "hooks"])
        {
            Directory.CreateDirectory(Path.Combine(Folder, folder));
        }

        bool isSha256 = File.Exists(Path.Combine(tree.CommonFolder, "config"))
            && Sha256().IsMatch(Encoding.UTF8.GetString(BoundedFile.Read(Path.Combine(tree.CommonFolder, "config"), token, LargestText)));
        File.WriteAllText(Path.Combine(Folder, "HEAD"), "ref: refs/heads/main\n");
        File.WriteAllText(
            Path.Combine(Folder, "config"),
            $"[core]\n\trepositoryformatversion = {(isSha256 ? 1 : 0)}\n\tbare = false\n{(isSha256 ? "[extensions]\n\tobjectFormat = sha256\n" : "")}");
        Copy(Path.Combine(tree.CommonFolder, "info", "exclude"), Path.Combine("info", "exclude"), LargestText, token);
        Copy(Path.Combine(tree.GitFolder, "index"), "index", LargestIndex, token);
        foreach (string shared in Directory.EnumerateFiles(tree.GitFolder, "sharedindex.*").Take(MostSharedIndexes))
        {
            Copy(shared, Path.GetFileName(shared), LargestIndex, token);
        }
    }

    private void Copy(string source, string name, int largest, CancellationToken token)
    {
        if (File.Exists(source))
        {
            File.WriteAllBytes(Path.Combine(Folder, name), BoundedFile.Read(source, token, largest));
        }
    }

    // The hash algorithm is the one thing that the index does not contain.
    [GeneratedRegex(@"^\s*objectformat\s*=\s*""?sha256", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Sha256();
}
