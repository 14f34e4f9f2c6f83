using ComposeLab.Errors;

namespace ComposeLab.Projects;

/// <summary>
/// The folder for this user's files of the bundled lab: its <c>.env</c> and the files of its secrets. In a clone of the repository it is the folder of the Compose
/// files, where docker compose looks too. An installed module is read-only, so its files are kept in a folder in the user's profile.
/// </summary>
internal static class LabHome
{
    /// <summary>Overrides the default folder, also for a clone.</summary>
    public const string Variable = "COMPOSELAB_HOME";

    // Exists in a clone, never in the package.
    private const string CloneMark = "ComposeLab.slnx";
    private const string EnvFileName = ".env";

    /// <summary>Finds the folder; it may not exist yet.</summary>
    /// <param name="lab">The absolute folder of the lab's Compose files.</param>
    /// <param name="environment">The environment of the process.</param>
    /// <returns>The absolute path.</returns>
    /// <exception cref="LabException">PathInvalid: this user has no home directory, and COMPOSELAB_HOME is not set.</exception>
    public static string Directory(string lab, IReadOnlyDictionary<string, string> environment)
    {
        if (environment.TryGetValue(Variable, out string? chosen) && chosen.Length > 0)
        {
            return Path.GetFullPath(chosen);
        }

        if (File.Exists(Path.Combine(Path.GetDirectoryName(lab)!, CloneMark)))
        {
            return lab;
        }

        string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return data.Length > 0
            ? Path.Combine(data, "ComposeLab", "lab")
            : throw new LabException(
                LabErrorId.PathInvalid,
                "There is no folder for the lab's .env and secrets: this user has no home directory.",
                $"$env:{Variable} = '/var/lib/composelab'");
    }

    /// <summary>Lists the environment files that the loader needs to know, because they are not in the folder of the Compose files.</summary>
    /// <param name="lab">The absolute folder of the lab's compose files.</param>
    /// <param name="environment">The environment of the process.</param>
    /// <returns>The absolute path of the <c>.env</c>; empty if it does not exist yet, or if the loader finds it by itself.</returns>
    public static IReadOnlyList<string> EnvFiles(string lab, IReadOnlyDictionary<string, string> environment)
    {
        string home = Directory(lab, environment);
        string file = EnvFile(home);
        return home != lab && File.Exists(file) ? [file] : [];
    }

    /// <summary>The lab's environment file.</summary>
    /// <param name="home">The folder that <see cref="Directory"/> found.</param>
    /// <returns>The absolute path; the file may not exist.</returns>
    public static string EnvFile(string home) => Path.Combine(home, EnvFileName);
}
