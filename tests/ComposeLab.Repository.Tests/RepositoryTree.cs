using System.Runtime.CompilerServices;

namespace ComposeLab.Repository.Tests;

/// <summary>The checked-out repository, as the files a person would commit.</summary>
internal sealed class RepositoryTree
{
    private static readonly string[] GeneratedFolders = ["bin", "obj", "out", "artifacts", ".git", "node_modules", "TestResults"];

    private RepositoryTree(string root) => Root = root;

    /// <summary>Absolute path of the repository's top folder.</summary>
    public string Root { get; }

    /// <summary>The repository this test was compiled from.</summary>
    /// <param name="thisFile">Filled in by the compiler.</param>
    public static RepositoryTree Current([CallerFilePath] string thisFile = "")
    {
        var folder = new FileInfo(thisFile).Directory;
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ComposeLab.slnx")))
        {
            folder = folder.Parent;
        }

        return new RepositoryTree(folder?.FullName ?? throw new InvalidOperationException($"No ComposeLab.slnx above {thisFile}."));
    }

    /// <summary>Files below a folder with one of the extensions, as paths relative to the root with forward slashes.</summary>
    /// <param name="under">Folder relative to the root; empty for all.</param>
    /// <param name="extensions">With the leading dot; none for every file.</param>
    public IEnumerable<string> Files(string under, params string[] extensions) =>
        Walk(new DirectoryInfo(Path.Combine(Root, under)))
            .Where(file => extensions.Length == 0 || extensions.Contains(file.Extension, StringComparer.Ordinal))
            .Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    /// <summary>The text of a file.</summary>
    /// <param name="relative">Path relative to the root.</param>
    public string Text(string relative) => File.ReadAllText(Path.Combine(Root, relative));

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo child)
            {
                if (!GeneratedFolders.Contains(child.Name, StringComparer.Ordinal) && child.LinkTarget is null)
                {
                    foreach (var file in Walk(child))
                    {
                        yield return file;
                    }
                }
            }
            else if (entry is FileInfo { LinkTarget: null } file)
            {
                yield return file;
            }
        }
    }
}
