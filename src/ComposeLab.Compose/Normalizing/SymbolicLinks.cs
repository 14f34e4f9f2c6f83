namespace ComposeLab.Compose.Normalizing;

/// <summary>Follows symbolic links in a path, as file watchers must.</summary>
internal static class SymbolicLinks
{
    public static string Resolve(string path)
    {
        try
        {
            string resolved = "";
            foreach (string part in path.Split('/'))
            {
                resolved = resolved.Length == 0 ? part : resolved + "/" + part;
                if (part.Length > 0 && new FileInfo("/" + resolved.TrimStart('/')) is { LinkTarget: not null } link
                    && link.ResolveLinkTarget(returnFinalTarget: true) is { } target)
                {
                    resolved = target.FullName.TrimEnd('/');
                }
                else if (part.Length > 0 && resolved.Length > 0 && !resolved.StartsWith('/'))
                {
                    resolved = "/" + resolved;
                }
            }

            return resolved.Length == 0 ? path : resolved;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return path;
        }
    }
}
