using System.Runtime.Versioning;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Errors;
using ComposeLab.Files;

namespace ComposeLab.EnvFiles;

/// <summary>
/// The password files in an example: <c>NAME_FILE</c> in addition to <c>NAME</c>. Only files inside the project folder are read or written, also if there are links,
/// because the example comes from somebody else.
/// </summary>
/// <param name="directory">The absolute project folder; relative paths start there.</param>
/// <param name="assignments">The assignments of the example.</param>
/// <param name="warn">Receives warnings about files that others can read.</param>
internal sealed class SecretFiles(string directory, IReadOnlyDictionary<string, string> assignments, Action<string> warn)
{
    /// <summary>The suffix of such a variable name.</summary>
    public const string Suffix = "_FILE";

    // The user of a container is not the owner of the file and must read it. The folder's mode protects it from other users of this machine.
    private const UnixFileMode Readable = PrivateFile.OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode FolderMode = PrivateFile.OwnerOnly | UnixFileMode.UserExecute;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
    private const int MostLinks = 40;

    /// <summary>Reads the password that a file already contains.</summary>
    /// <param name="name">The password's variable.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The password, or null if no file is specified or it does not exist.</returns>
    /// <exception cref="LabException">FileUnreadable; EnvFileInvalid: the file is outside the project folder.</exception>
    public string? Read(string name, CancellationToken token) =>
        PathOf(name) is { } path && File.Exists(path) ? TextFile.Read(path, token).TrimEnd('\r', '\n') : null;

    /// <summary>The files that do not exist, although their passwords are known.</summary>
    /// <returns>The passwords' variables with the absolute paths. Files outside of the project folder are left out.</returns>
    public IEnumerable<(string Name, string Path)> Missing()
    {
        foreach ((string name, string password) in assignments)
        {
            if (password.Length > 0 && assignments.TryGetValue(name + Suffix, out string? given) && given.Length > 0
                && Path.GetFullPath(given, directory) is var path && IsInside(path) && !Path.Exists(path))
            {
                yield return (name, path);
            }
        }
    }

    /// <summary>Whether a password has a file.</summary>
    /// <param name="name">The password's variable.</param>
    /// <returns>True if its path is known; the file may not exist.</returns>
    /// <exception cref="LabException">EnvFileInvalid: the file is outside the project folder.</exception>
    public bool Has(string name) => PathOf(name) is not null;

    /// <summary>Writes the password to its file, if there is one. A new folder is private; an existing file keeps a stricter mode.</summary>
    /// <param name="name">The password's variable.</param>
    /// <param name="password">The password.</param>
    /// <param name="token">Cancels before anything is replaced.</param>
    /// <returns>A task that completes when the file is in place.</returns>
    /// <exception cref="LabException">FileUnwritable; EnvFileInvalid: the file is outside the project folder.</exception>
    public async Task WriteAsync(string name, string password, CancellationToken token)
    {
        if (PathOf(name) is not { } path)
        {
            return;
        }

        string folder = Path.GetDirectoryName(path)!;
        MakeFolder(folder);
        if (!OperatingSystem.IsWindows())
        {
            Close(folder);
        }

        UnixFileMode mode = !OperatingSystem.IsWindows() && File.Exists(path) ? File.GetUnixFileMode(path) & Readable : Readable;
        await PrivateFile.WriteAsync(path, password, mode, token).ConfigureAwait(false);
    }

    /// <summary>Creates a folder that only this user can open; an existing folder is not changed.</summary>
    /// <param name="folder">The absolute path.</param>
    /// <exception cref="LabException">FileUnwritable.</exception>
    public static void MakeFolder(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder, FolderMode);
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw PrivateFile.Unwritable(folder, refused);
        }
    }

    /// <summary>Makes the relative paths of such files absolute.</summary>
    /// <param name="assignments">The assignments of the example.</param>
    /// <param name="folder">The new absolute base folder.</param>
    /// <param name="values">Receives the absolute paths by variable name.</param>
    public static void Anchor(IReadOnlyDictionary<string, string> assignments, string folder, IDictionary<string, string> values)
    {
        foreach ((string name, string path) in assignments)
        {
            if (name.EndsWith(Suffix, StringComparison.Ordinal) && path.Length > 0 && assignments.ContainsKey(name[..^Suffix.Length]))
            {
                values[name] = Path.GetFullPath(path, folder);
            }
        }
    }

    /// <summary>The files of some passwords.</summary>
    /// <param name="names">The passwords' variables.</param>
    /// <returns>The absolute paths of those that have a file.</returns>
    public IEnumerable<string> Paths(IEnumerable<string> names) => names.Select(PathOf).OfType<string>();

    [UnsupportedOSPlatform("windows")]
    private void Close(string folder)
    {
        if ((File.GetUnixFileMode(folder) & Others) == UnixFileMode.None)
        {
            return;
        }

        // A folder with another name may contain files that containers or colleagues must read.
        if (RealPath(folder) != RealPath(directory) && Path.GetFileName(folder).Contains("secret", StringComparison.OrdinalIgnoreCase))
        {
            try
            {
                File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) & ~Others);
                return;
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                // Not this user's folder.
            }
        }

        warn($"Other users of this machine can read the password files in {folder}. Use a folder that only you can open, such as ./secrets.");
    }

    private string? PathOf(string name)
    {
        if (!assignments.TryGetValue(name + Suffix, out string? given) || given.Length == 0)
        {
            return null;
        }

        string path = Path.GetFullPath(given, directory);
        return IsInside(path)
            ? path
            : throw new LabException(
                LabErrorId.EnvFileInvalid,
                $"{name}{Suffix} must be a file inside the project folder {directory}, found '{given}'. Nothing was read or written.",
                $"New-LabEnvFile -Variable @{{ {name}{Suffix} = './secrets/{name.ToLowerInvariant()}' }}",
                given);
    }

    private bool IsInside(string path) => HostPaths.Current.Below(RealPath(directory), RealPath(path)) is { Length: > 0 };

    private static string RealPath(string path)
    {
        int links = 0;
        string real = Path.GetPathRoot(path)!;
        var parts = new Stack<string>(Parts(path));
        while (parts.TryPop(out string? part))
        {
            string next = Path.Combine(real, part);
            if (new FileInfo(next).LinkTarget is not { } target || ++links > MostLinks)
            {
                real = next;
                continue;
            }

            string full = Path.GetFullPath(target, real);
            real = Path.GetPathRoot(full)!;
            foreach (string piece in Parts(full))
            {
                parts.Push(piece);
            }
        }

        return real;
    }

    // In reverse order, because they are pushed onto a stack.
    private static IEnumerable<string> Parts(string path) =>
        Enumerable.Reverse(path[Path.GetPathRoot(path)!.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries));
}
