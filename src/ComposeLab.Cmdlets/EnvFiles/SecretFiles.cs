using ComposeLab.Errors;
using ComposeLab.Files;

namespace ComposeLab.EnvFiles;

/// <summary>The files that an example names for its passwords: <c>NAME_FILE</c> beside <c>NAME</c>.</summary>
/// <param name="directory">The absolute folder that relative paths start from.</param>
/// <param name="assignments">The assignments of the example.</param>
internal sealed class SecretFiles(string directory, IReadOnlyDictionary<string, string> assignments)
{
    /// <summary>What the name of such a variable ends in.</summary>
    public const string Suffix = "_FILE";

    // A container's user is not the file's owner and must read it; the folder is what keeps other users of this machine out.
    private const UnixFileMode Readable = PrivateFile.OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode FolderMode = PrivateFile.OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>Reads the password that a file already holds.</summary>
    /// <param name="name">The password's variable.</param>
    /// <param name="token">Ends the reading early.</param>
    /// <returns>The password, or null when no file is named or there.</returns>
    /// <exception cref="LabException">FileUnreadable.</exception>
    public string? Read(string name, CancellationToken token) =>
        PathOf(name) is { } path && File.Exists(path) ? TextFile.Read(path, token).TrimEnd('\r', '\n') : null;

    /// <summary>Writes the password into its file, where one is named; the folder is made for this user only.</summary>
    /// <param name="name">The password's variable.</param>
    /// <param name="password">The password.</param>
    /// <param name="token">Cancels before anything is replaced.</param>
    /// <returns>A task that ends when the file is in place.</returns>
    public async Task WriteAsync(string name, string password, CancellationToken token)
    {
        if (PathOf(name) is not { } path)
        {
            return;
        }

        MakeFolder(Path.GetDirectoryName(path)!);
        await PrivateFile.WriteAsync(path, password, Readable, token).ConfigureAwait(false);
    }

    /// <summary>Makes a folder that only this user may enter; one that is there stays as it is.</summary>
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
    /// <param name="folder">The absolute folder that they are to start from.</param>
    /// <param name="values">Gets the absolute paths by variable name.</param>
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

    private string? PathOf(string name) =>
        assignments.TryGetValue(name + Suffix, out string? path) && path.Length > 0 ? Path.GetFullPath(path, directory) : null;
}
