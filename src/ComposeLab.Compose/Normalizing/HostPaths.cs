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

    /// <summary>How names of variables are compared: not case-sensitive on Windows.</summary>
    public StringComparer NameComparer => IsWindows ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>The character between the parts of a path.</summary>
    private char Separator => IsWindows ? '\\' : '/';

    private static readonly HashSet<string> Devices = new(
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(number => new[] { $"COM{number}", $"LPT{number}" })], StringComparer.OrdinalIgnoreCase);

    private StringComparison Comparison => IsWindows ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

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
        return Clean(directory.Length == 0 ? path : path.Length == 0 ? directory : directory + Separator + path);
    }

    /// <summary>The absolute path of a path that a user typed in a directory. Unlike in a Compose file, <c>\x</c> is on the drive of the directory, and <c>C:x</c> is in
    /// the directory if that is on the drive.</summary>
    /// <param name="directory">The absolute directory.</param>
    /// <param name="path">The path.</param>
    /// <returns>The path; an absolute one is unchanged.</returns>
    public string Full(string directory, string path)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(path);
        if (IsAbsolute(path) || !IsWindows)
        {
            return IsAbsolute(path) ? path : Join(directory, path);
        }

        if (path is [var letter, ':', ..] && char.IsAsciiLetter(letter))
        {
            bool isHere = directory.Length > 1 && directory[1] == ':' && char.ToUpperInvariant(directory[0]) == char.ToUpperInvariant(letter);
            return Join(isHere ? directory : path[..2] + Separator, path[2..]);
        }

        return path is ['\\' or '/', ..] ? Join(RootOf(directory), path) : Join(directory, path);
    }

    /// <summary>The folder that contains a path.</summary>
    /// <param name="path">The absolute path.</param>
    /// <returns>The folder; null for a root.</returns>
    public string? ParentOf(string path)
    {
        string clean = Clean(path);
        string parent = Join(clean, "..");
        return parent.TrimEnd(Separator).Length == clean.TrimEnd(Separator).Length ? null : parent;
    }

    /// <summary>A path as seen from a folder.</summary>
    /// <param name="folder">The absolute folder.</param>
    /// <param name="path">The absolute path.</param>
    /// <returns>The relative path; the clean path itself if it is on another drive.</returns>
    public string Relative(string folder, string path)
    {
        string to = Clean(path);
        string from = Clean(folder);
        string steps = ".";
        while (!IsAtOrBelow(to, from))
        {
            if (ParentOf(from) is not { } parent)
            {
                return to;
            }

            from = parent;
            steps = steps == "." ? ".." : steps + Separator + "..";
        }

        string rest = to[Math.Min(to.Length, from.TrimEnd(Separator).Length + 1)..];
        return rest.Length == 0 ? steps : steps == "." ? rest : steps + Separator + rest;
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
        return clean[(clean.LastIndexOf(Separator) + 1)..].TrimEnd(IsWindows ? ':' : '/');
    }

    /// <summary>Whether a path is a folder or below it.</summary>
    /// <param name="path">The path.</param>
    /// <param name="folder">The folder.</param>
    /// <returns>True for the folder itself, too; Windows does not distinguish upper and lower case.</returns>
    public bool IsAtOrBelow(string path, string folder)
    {
        string inner = Clean(path);
        string outer = Clean(folder).TrimEnd(Separator);
        return inner.StartsWith(outer, Comparison) && (inner.Length == outer.Length || inner[outer.Length] == Separator);
    }

    /// <summary>The part of a path below a folder, as containers and archives have it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="path">The path.</param>
    /// <returns>The relative path with forward slashes, empty for the folder itself; null if it is not below.</returns>
    public string? Below(string folder, string path) =>
        !IsAtOrBelow(path, folder) ? null : Relative(folder, path) is var relative && relative == "." ? "" : ToSlash(relative);

    /// <summary>A path with forward slashes, as containers and archives have it.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The path; on Unix it is unchanged, because a backslash is a character of a name there.</returns>
    public string ToSlash(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return IsWindows ? path.Replace('\\', '/') : path;
    }

    /// <summary>Whether a file can have a name.</summary>
    /// <param name="name">The name, without a folder.</param>
    /// <returns>On Windows: false for reserved characters and device names, and for a blank or a dot at the end.</returns>
    public bool IsName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length > 0 && !name.Contains('\0', StringComparison.Ordinal) && !name.Contains('/', StringComparison.Ordinal)
            && !(IsWindows && (name.Any(c => c < ' ' || "<>:\"|?*\\".Contains(c, StringComparison.Ordinal)) || name[^1] is ' ' or '.' || Devices.Contains(name.Split('.')[0].TrimEnd())));
    }

    /// <summary>Whether a path ends with the parts of another one.</summary>
    /// <param name="path">The path.</param>
    /// <param name="end">The relative path at its end, with any separators.</param>
    /// <returns>True if it does; separators and, on Windows, case do not count.</returns>
    public bool EndsWith(string path, string end) => Clean(path).EndsWith(Separator + Clean(end), Comparison);

    /// <summary>The file of a program.</summary>
    /// <param name="name">The name of the program, without an ending.</param>
    /// <returns>The name of the file.</returns>
    public string ProgramFile(string name) => IsWindows ? name + ".exe" : name;

    /// <summary>Whether two paths name the same place.</summary>
    /// <param name="one">A path.</param>
    /// <param name="other">Another path.</param>
    /// <returns>True also if they differ in separators or, on Windows, in case.</returns>
    public bool AreSame(string one, string other) => string.Equals(Clean(one), Clean(other), Comparison);

    /// <summary>A path of Windows as the engine of a virtual machine sees it: <c>C:\x</c> is <c>/c/x</c>. For COMPOSE_CONVERT_WINDOWS_PATHS.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The path; anything without a drive is unchanged.</returns>
    public string ToUnix(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return IsWindows && path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0]) ? $"/{char.ToLowerInvariant(path[0])}{path[2..].Replace('\\', '/')}" : path;
    }

    /// <summary>A path of the engine's virtual machine as this host knows it: on Windows, <c>/c/x</c> and <c>//c/x</c> are <c>c:\x</c>.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The path; anything else is unchanged.</returns>
    public string FromUnix(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string plain = path.StartsWith("//", StringComparison.Ordinal) ? path[1..] : path;
        return IsWindows && plain is ['/', var letter, ..] && char.IsAsciiLetter(letter) && (plain.Length == 2 || plain[2] == '/') ? Clean($"{letter}:/{plain[2..].TrimStart('/')}") : path;
    }

    private static string RootOf(string path) => path[..RootLength(path.Replace('\\', '/'))] + '\\';

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
