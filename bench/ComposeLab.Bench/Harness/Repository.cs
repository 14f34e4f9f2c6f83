using System.Runtime.CompilerServices;

namespace ComposeLab.Bench.Harness;

/// <summary>Paths in the repository.</summary>
internal static class Repository
{
    /// <summary>The repository's top folder (absolute).</summary>
    public static string Root { get; } = Find();

    /// <summary>An absolute path.</summary>
    /// <param name="relative">A path relative to the top folder.</param>
    public static string At(string relative) => Path.Combine(Root, relative);

    private static string Find([CallerFilePath] string thisFile = "")
    {
        var folder = new FileInfo(thisFile).Directory;
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ComposeLab.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No ComposeLab.slnx above {thisFile}.");
    }
}
