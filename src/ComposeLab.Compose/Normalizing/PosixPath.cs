namespace ComposeLab.Compose.Normalizing;

/// <summary>Paths with forward slashes, as containers have them.</summary>
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

    /// <summary>Whether a path is absolute on Windows, independent of the host.</summary>
    /// <param name="path">The path.</param>
    /// <returns>True for a drive letter with a separator and for a network path.</returns>
    public static bool IsWindowsAbsolute(string path) =>
        path.Length > 2
        && ((path[1] == ':' && path[2] is '\\' or '/')
            || (path[0] is '\\' or '/' && path[1] is '\\' or '/'));
}
