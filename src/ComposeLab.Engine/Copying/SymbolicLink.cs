namespace ComposeLab.Engine.Copying;

/// <summary>Symbolic links of this machine. Windows distinguishes links to files and to directories, and lets not every user create them.</summary>
internal static class SymbolicLink
{
    // ERROR_PRIVILEGE_NOT_HELD
    private const int NotPermitted = unchecked((int)0x80070522);

    /// <summary>Creates a link. It is one to a directory if its target is a directory now.</summary>
    /// <param name="path">The path of the link.</param>
    /// <param name="target">The target, which may not exist; a relative one starts at the folder of the link.</param>
    /// <exception cref="EngineException">PathInvalid: this user cannot create links.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Create(string path, string target)
    {
        try
        {
            if (Directory.Exists(Path.Combine(Path.GetDirectoryName(path)!, target)))
            {
                Directory.CreateSymbolicLink(path, target);
            }
            else
            {
                File.CreateSymbolicLink(path, target);
            }
        }
        catch (IOException fault) when (Refusal(path, fault) is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>Deletes a link, and not its target.</summary>
    /// <param name="path">The path of the link or of a file; nothing happens if there is none.</param>
    public static void Delete(string path)
    {
        if (new DirectoryInfo(path) is { Exists: true, LinkTarget: not null } directory)
        {
            directory.Delete();
        }
        else
        {
            File.Delete(path);
        }
    }

    /// <summary>The error for a link that this user cannot create.</summary>
    /// <param name="path">The path of the link.</param>
    /// <param name="fault">The fault of the system.</param>
    /// <returns>The error; null for another fault.</returns>
    internal static EngineException? Refusal(string path, IOException fault) => fault.HResult != NotPermitted ? null : new EngineException(
        EngineErrorId.PathInvalid,
        $"'{Path.GetFileName(path)}' is a symbolic link, which this user cannot create.",
        "Turn on the Developer Mode of Windows, run PowerShell as an administrator, or copy only files that are not links",
        fault);
}
