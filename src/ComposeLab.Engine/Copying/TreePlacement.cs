namespace ComposeLab.Engine.Copying;

/// <summary>Moves an extracted tree to its place. Each file appears complete; an existing directory is merged, and links in it are not followed.</summary>
internal static class TreePlacement
{
    /// <summary>Moves a tree.</summary>
    /// <param name="from">The extracted file, link or directory.</param>
    /// <param name="to">Its place.</param>
    /// <exception cref="EngineException">PathInvalid: a directory would replace a file or a link, or the reverse. Nothing was moved.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Move(string from, string to)
    {
        Check(from, to);
        MoveChecked(from, to);
    }

    private static void Check(string from, string to)
    {
        bool isDirectory = IsDirectory(from);
        if (isDirectory && Exists(to) && !IsDirectory(to))
        {
            throw Invalid($"Cannot copy a directory over '{to}', which is {(IsLink(to) ? "a link" : "a file")}.");
        }

        if (!isDirectory && IsDirectory(to))
        {
            throw Invalid($"Cannot copy a file over the directory '{to}'.");
        }

        if (isDirectory && Exists(to))
        {
            foreach (string entry in Directory.EnumerateFileSystemEntries(from))
            {
                Check(entry, Path.Combine(to, Path.GetFileName(entry)));
            }
        }
    }

    private static void MoveChecked(string from, string to)
    {
        if (IsLink(from))
        {
            string target = new FileInfo(from).LinkTarget!;
            SymbolicLink.Delete(to);
            SymbolicLink.Create(to, target);
            SymbolicLink.Delete(from);
        }
        else if (!IsDirectory(from))
        {
            File.Move(from, to, overwrite: true);
        }
        else if (!Exists(to))
        {
            Directory.Move(from, to);
        }
        else
        {
            foreach (string entry in Directory.EnumerateFileSystemEntries(from))
            {
                MoveChecked(entry, Path.Combine(to, Path.GetFileName(entry)));
            }
        }
    }

    private static bool Exists(string path) => IsLink(path) || Path.Exists(path);

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    private static bool IsDirectory(string path) => !IsLink(path) && Directory.Exists(path);

    private static EngineException Invalid(string message) => new(EngineErrorId.PathInvalid, message, "Specify another destination");
}
