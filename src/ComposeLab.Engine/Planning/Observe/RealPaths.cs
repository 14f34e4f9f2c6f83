namespace ComposeLab.Engine.Planning;

/// <summary>Finds out which paths of this machine are the same location.</summary>
internal static class RealPaths
{
    private const int MostLinks = 40;

    /// <summary>Resolves paths.</summary>
    /// <param name="paths">Absolute paths.</param>
    /// <returns>Each path with its path after resolving symbolic links; an empty string if nothing exists there.
    /// A path that this user cannot access is not included.</returns>
    public static IReadOnlyDictionary<string, string> Of(IEnumerable<string> paths)
    {
        var resolved = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in paths.Where(Path.IsPathFullyQualified).Distinct(StringComparer.Ordinal))
        {
            if (Resolve(path) is { } real)
            {
                resolved[path] = real;
            }
        }

        return resolved;
    }

    private static string? Resolve(string path)
    {
        try
        {
            // Unlike Exists, this distinguishes a missing path from an inaccessible one: another user's folder still exists.
            _ = File.GetAttributes(path);
            return Follow(path);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return "";
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Follow(string path)
    {
        string at = Path.GetPathRoot(path)!;
        var parts = new Stack<string>(Parts(path).Reverse());
        for (int links = 0; parts.TryPop(out string? part);)
        {
            string next = Path.GetFullPath(part, at);
            if (new FileInfo(next).LinkTarget is not { } target || ++links > MostLinks)
            {
                at = next;
                continue;
            }

            foreach (string step in Parts(target).Reverse())
            {
                parts.Push(step);
            }

            at = Path.IsPathRooted(target) ? Path.GetPathRoot(target)! : at;
        }

        return at;
    }

    private static IEnumerable<string> Parts(string path) =>
        path[Path.GetPathRoot(path)!.Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
}
