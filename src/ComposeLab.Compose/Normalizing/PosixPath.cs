namespace ComposeLab.Compose.Normalizing;

/// <summary>Paths in the notation of the host, with forward slashes on every host except Windows.</summary>
internal static class PosixPath
{
    /// <summary>The shortest equivalent path: no <c>.</c>, no <c>x/..</c>, no double or trailing slash.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The clean path; <c>.</c> for an empty one.</returns>
    public static string Clean(string path)
    {
        bool rooted = path.StartsWith('/');
        var parts = new List<string>();
        foreach (string part in path.Split('/'))
        {
            switch (part)
            {
                case "" or ".":
                    break;
                case ".." when parts.Count > 0 && parts[^1] != "..":
                    parts.RemoveAt(parts.Count - 1);
                    break;
                case ".." when rooted:
                    break;
                default:
                    parts.Add(part);
                    break;
            }
        }

        string joined = string.Join('/', parts);
        return rooted ? "/" + joined : joined.Length == 0 ? "." : joined;
    }

    /// <summary>A path below a directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="path">The path below it.</param>
    /// <returns>The clean path.</returns>
    public static string Join(string directory, string path) =>
        directory.Length == 0 ? Clean(path) :
        directory.StartsWith('/') || !OperatingSystem.IsWindows()
            ? Clean(directory + "/" + path)
            : Path.GetFullPath(Path.Combine(directory, path));

    /// <summary>Whether a path starts at a root of this host or of Windows.</summary>
    /// <param name="path">The path.</param>
    /// <returns>True if it needs no directory.</returns>
    public static bool IsAbsolute(string path) => path.StartsWith('/') || (OperatingSystem.IsWindows() && Path.IsPathRooted(path));

    /// <summary>Whether a path is absolute on Windows, independent of the host.</summary>
    /// <param name="path">The path.</param>
    /// <returns>True for a drive letter with a separator and for a network path.</returns>
    public static bool IsWindowsAbsolute(string path) =>
        path.Length > 2
        && ((path[1] == ':' && path[2] is '\\' or '/')
            || (path[0] is '\\' or '/' && path[1] is '\\' or '/'));
}
