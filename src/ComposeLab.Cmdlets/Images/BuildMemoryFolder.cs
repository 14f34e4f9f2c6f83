namespace ComposeLab.Images;

/// <summary>Where this user's builds are remembered. Everything in it can be deleted at any time; the next builds ask the engine again.</summary>
internal static class BuildMemoryFolder
{
    /// <summary>Names another folder for what can be deleted at any time.</summary>
    public const string Variable = "COMPOSELAB_CACHE";

    /// <summary>Finds the folder; it need not exist yet.</summary>
    /// <param name="environment">The environment of the process.</param>
    /// <returns>The absolute path; null where this user has no home directory, so that nothing is remembered.</returns>
    public static string? Find(IReadOnlyDictionary<string, string> environment)
    {
        if (environment.TryGetValue(Variable, out string? chosen) && chosen.Length > 0)
        {
            return Path.GetFullPath(Path.Combine(chosen, "builds"));
        }

        string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return data.Length > 0 ? Path.Combine(data, "ComposeLab", "cache", "builds") : null;
    }
}
