namespace ComposeLab.Engine.Execution;

/// <summary>Finds a folder for small files that only the current user can read and write. It is created if it does not exist.</summary>
internal static class PrivateFolder
{
    /// <summary>The folder for files that are removed when their process ends.</summary>
    /// <returns>Its path; null if this user has none.</returns>
    public static string? OfSession() => Candidates().FirstOrDefault(IsPrivate);

    /// <summary>The folder for files that every session of the user must find. A job without a login session has no runtime folder, so the home folder comes first.</summary>
    /// <returns>Its path; null if this user has none.</returns>
    public static string? OfUser() => Candidates().Reverse().FirstOrDefault(IsPrivate);

    // Another user could have created a folder below /tmp, with links in it. Root does not trust a runtime folder of another user.
    private static IEnumerable<string> Candidates()
    {
        if (OperatingSystem.IsWindows())
        {
            yield return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "ComposeLab", "locks");
            yield break;
        }

        if (Environment.IsPrivilegedProcess)
        {
            yield return Directory.Exists("/run") ? "/run/composelab" : "/var/run/composelab";
            yield break;
        }

        if (Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime && Path.IsPathRooted(runtime))
        {
            yield return Path.Combine(runtime, "composelab");
        }

        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (home.Length > 0)
        {
            yield return Path.Combine(home, ".local", "state", "composelab");
        }
    }

    private static bool IsPrivate(string folder)
    {
        try
        {
            DirectoryInfo made = Directory.CreateDirectory(folder);
            if (made.LinkTarget is not null)
            {
                return false;
            }

            if (!OperatingSystem.IsWindows())
            {
                // Only the owner can do this, so it proves the ownership of the folder.
                File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
