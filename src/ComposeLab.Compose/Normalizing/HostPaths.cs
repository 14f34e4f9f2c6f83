namespace ComposeLab.Compose.Normalizing;

/// <summary>
/// The rules of paths on a host. They are an argument, so that those of Windows are tested on every system. What compose-go does on Windows is the model: Go's
/// <c>path/filepath</c>.
/// </summary>
/// <param name="IsWindows">Whether the host is Windows.</param>
public sealed record HostPaths(bool IsWindows)
{
    /// <summary>The rules of this host.</summary>
    public static HostPaths Current { get; } = new(OperatingSystem.IsWindows());

    /// <summary>The character between the paths of a list such as COMPOSE_FILE.</summary>
    public char ListSeparator => IsWindows ? ';' : ':';

    /// <summary>The home folder of the user.</summary>
    /// <param name="environment">The variables of the process.</param>
    /// <returns>The folder; null if there is none.</returns>
    public string? HomeOf(IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return environment.GetValueOrDefault(IsWindows ? "USERPROFILE" : "HOME") is { Length: > 0 } home ? home : null;
    }

    /// <summary>Whether a path needs no directory.</summary>
    /// <param name="path">The path.</param>
    /// <returns>On Windows: whether it has a drive and a root, or is a network path.</returns>
    public bool IsAbsolute(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return IsWindows ? PosixPath.IsWindowsAbsolute(path) : path.StartsWith('/');
    }

    /// <summary>Whether the source of a mount needs no directory: a Windows path counts on every host, and a Unix path on Windows, for the engine's machine.</summary>
    /// <param name="path">The path.</param>
    /// <returns>True if it is kept as it is.</returns>
    public static bool IsAbsoluteAnywhere(string path) => path is ['/', ..] || PosixPath.IsWindowsAbsolute(path);

    /// <summary>A path below a directory.</summary>
    /// <param name="directory">The directory; empty for none.</param>
    /// <param name="path">The path below it; a root that it starts with does not count.</param>
    /// <returns>The shortest equivalent path.</returns>
    public string Join(string directory, string path)
    {
        ArgumentNullException.ThrowIfNull(directory);
        return Clean(directory.Length == 0 ? path : path.Length == 0 ? directory : directory + (IsWindows ? '\\' : '/') + path);
    }

    /// <summary>The shortest equivalent path: no <c>.</c>, no <c>x/..</c>, no double or trailing separator; backslashes on Windows.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The clean path; <c>.</c> for an empty one.</returns>
    public string Clean(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!IsWindows)
        {
            return PosixPath.Clean(path);
        }

        string plain = path.Replace('\\', '/');
        int root = RootLength(plain);
        string rest = PosixPath.Clean(plain[root..]);
        return (root > 0 && rest == "." ? plain[..root] : plain[..root] + rest).Replace('/', '\\');
    }

    /// <summary>The last part of a path.</summary>
    /// <param name="path">The path; trailing separators do not count.</param>
    /// <returns>The name; empty for a root.</returns>
    public string NameOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string clean = Clean(path);
        return clean[(clean.LastIndexOf(IsWindows ? '\\' : '/') + 1)..].TrimEnd(IsWindows ? ':' : '/');
    }

    /// <summary>Whether a path is a folder or below it.</summary>
    /// <param name="path">The path.</param>
    /// <param name="folder">The folder.</param>
    /// <returns>True for the folder itself, too; Windows does not distinguish upper and lower case.</returns>
    public bool IsAtOrBelow(string path, string folder)
    {
        string inner = Clean(path);
        string outer = Clean(folder).TrimEnd(IsWindows ? '\\' : '/');
        return inner.StartsWith(outer, IsWindows ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)
            && (inner.Length == outer.Length || inner[outer.Length] == (IsWindows ? '\\' : '/'));
    }

    /// <summary>A path of Windows as the engine of a virtual machine sees it: <c>C:\x</c> is <c>/c/x</c>. For COMPOSE_CONVERT_WINDOWS_PATHS.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The path; anything without a drive is unchanged.</returns>
    public string ToUnix(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return IsWindows && path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0]) ? $"/{char.ToLowerInvariant(path[0])}{path[2..].Replace('\\', '/')}" : path;
    }

    // The drive, or the server and the share of a network path. The root separator belongs to the rest, except for a network path.
    private static int RootLength(string path)
    {
        if (path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0]))
        {
            return 2;
        }

        if (!path.StartsWith("//", StringComparison.Ordinal))
        {
            return 0;
        }

        int server = path.IndexOf('/', 2);
        int share = server < 0 ? -1 : path.IndexOf('/', server + 1);
        return share < 0 ? path.Length : share;
    }
}
