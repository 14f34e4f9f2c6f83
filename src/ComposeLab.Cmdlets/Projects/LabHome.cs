using ComposeLab.Errors;

namespace ComposeLab.Projects;

/// <summary>
/// Where the bundled lab keeps what belongs to this user: its <c>.env</c> and the files of its secrets. In a clone of the repository that is the folder of its
/// compose files, where docker compose looks too. The folder of an installed module is nobody's to write into, so there it is a folder of the user's own.
/// </summary>
internal static class LabHome
{
    /// <summary>Names another folder than the default one; it is taken for a clone, too.</summary>
    public const string Variable = "COMPOSELAB_HOME";

    // In the clone, never in the package.
    private const string CloneMark = "ComposeLab.slnx";
    private const string EnvFileName = ".env";

    /// <summary>Finds the folder; it need not exist yet.</summary>
    /// <param name="lab">The absolute folder of the lab's compose files.</param>
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
                "Expected a folder for the lab's .env and secrets, found none: this user has no home directory.",
                $"$env:{Variable} = '/var/lib/composelab'");
    }

    /// <summary>Lists the environment files that the loader must be told of, because they do not stand beside the compose files.</summary>
    /// <param name="lab">The absolute folder of the lab's compose files.</param>
    /// <param name="environment">The environment of the process.</param>
    /// <returns>The absolute path of the <c>.env</c>; empty where there is none yet, or where the loader finds it by itself.</returns>
    public static IReadOnlyList<string> EnvFiles(string lab, IReadOnlyDictionary<string, string> environment)
    {
        string home = Directory(lab, environment);
        string file = EnvFile(home);
        return home != lab && File.Exists(file) ? [file] : [];
    }

    /// <summary>The lab's environment file.</summary>
    /// <param name="home">The folder that <see cref="Directory"/> found.</param>
    /// <returns>The absolute path; the file need not exist.</returns>
    public static string EnvFile(string home) => Path.Combine(home, EnvFileName);
}
