using ComposeLab.Errors;

namespace ComposeLab.Projects;

/// <summary>The lab profiles of a project: the overlay files next to its base file. <c>compose.dev.yaml</c> is the profile Dev of <c>compose.yaml</c>.</summary>
internal static class LabProfiles
{
    private static readonly string[] Extensions = [".yaml", ".yml"];

    /// <summary>Lists the profiles.</summary>
    /// <param name="baseFile">The absolute path of the base file.</param>
    /// <returns>The names in ordinal order, capitalized, with the absolute path of each overlay file.</returns>
    /// <exception cref="LabException">FileUnreadable: the folder cannot be listed.</exception>
    public static IReadOnlyDictionary<string, string> Of(string baseFile)
    {
        var profiles = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string stem = Path.GetFileNameWithoutExtension(baseFile) + ".";
        string folder = Path.GetDirectoryName(baseFile)!;
        if (!Directory.Exists(folder))
        {
            return profiles;
        }

        foreach (string file in FilesIn(folder, stem + "*"))
        {
            string name = Path.GetFileNameWithoutExtension(file);
            if (name.Length > stem.Length && IsOverlay(name[stem.Length..]) && Extensions.Contains(Path.GetExtension(file), StringComparer.Ordinal))
            {
                profiles.TryAdd(char.ToUpperInvariant(name[stem.Length]) + name[(stem.Length + 1)..], file);
            }
        }

        return profiles;
    }

    /// <summary>Finds the overlay file of one profile.</summary>
    /// <param name="baseFile">The absolute path of the base file.</param>
    /// <param name="profile">The name of the profile; not case-sensitive.</param>
    /// <returns>The absolute path of the overlay file.</returns>
    /// <exception cref="LabException">ProfileNotFound; the message lists the existing profiles.</exception>
    public static string Find(string baseFile, string profile)
    {
        IReadOnlyDictionary<string, string> profiles = Of(baseFile);
        if (profiles.TryGetValue(profile, out string? overlay))
        {
            return overlay;
        }

        string wanted = $"{Path.GetFileNameWithoutExtension(baseFile)}.{profile.ToLowerInvariant()}{Path.GetExtension(baseFile)}";
        string there = profiles.Count == 0 ? "This project has no profiles." : $"Profiles: {string.Join(", ", profiles.Keys)}.";
        throw new LabException(
            LabErrorId.ProfileNotFound,
            $"Profile '{profile}' not found: {wanted} does not exist next to {baseFile}. {there}",
            profiles.Count == 0 ? $"Create {wanted}, or omit -Profile" : $"Use one of: {string.Join(", ", profiles.Keys.Select(name => $"-Profile {name}"))}",
            profile);
    }

    /// <summary>Finds the lab profile of an overlay file.</summary>
    /// <param name="baseFile">The absolute path of the base file.</param>
    /// <param name="overlay">The absolute path of the other file.</param>
    /// <returns>The profile's name; null if the other file is not an overlay next to the base file.</returns>
    public static string? NameOf(string baseFile, string overlay)
    {
        try
        {
            return Of(baseFile).FirstOrDefault(profile => profile.Value == overlay).Key;
        }
        catch (LabException)
        {
            // A folder that cannot be listed has no profiles; its files may still be readable.
            return null;
        }
    }

    private static IEnumerable<string> FilesIn(string folder, string pattern)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal)];
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new LabException(
                LabErrorId.FileUnreadable, $"Cannot list the files in {folder}: {refused.Message}",
                "Get read access to the folder, or specify the files with -File", folder, refused);
        }
    }

    // compose.override.yaml belongs to the base file by the discovery rules: it is not a profile.
    private static bool IsOverlay(string name) => !name.Equals("override", StringComparison.OrdinalIgnoreCase) && !name.Contains('.', StringComparison.Ordinal);
}
