using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Environment;
using ComposeLab.Compose.Loading;
using ComposeLab.Errors;

namespace ComposeLab.Projects;

/// <summary>The base file of a project, found by the names and in the order of the Compose Specification.</summary>
internal static class BaseFile
{
    private const string FilesVariable = "COMPOSE_FILE";
    private const string SeparatorVariable = "COMPOSE_PATH_SEPARATOR";

    /// <summary>Finds the base file in a folder or the nearest of its parents that has one.</summary>
    /// <param name="directory">The absolute folder to begin in.</param>
    /// <returns>The absolute path of the file.</returns>
    /// <exception cref="LabException">ComposeFileNotFound: neither the folder nor a parent has one.</exception>
    public static string Discover(string directory) => Find(directory) ?? throw new LabException(
        LabErrorId.ComposeFileNotFound,
        $"Expected one of {string.Join(", ", BaseFileSearch.Names)} in {directory} or a folder above it, found none.",
        "Give -Path a folder that contains a compose.yaml, or -File the path of a Compose file",
        directory);

    /// <summary>Finds the base file in a folder or the nearest of its parents that has one.</summary>
    /// <param name="directory">The absolute folder to begin in.</param>
    /// <returns>The absolute path of the file; null if there is none.</returns>
    public static string? Find(string directory) => BaseFileSearch.Find(directory);

    /// <summary>Whether a folder belongs to a project: it or a parent has a base file, or COMPOSE_FILE of the environment or of the folder's .env names one.</summary>
    /// <param name="directory">The absolute folder.</param>
    /// <param name="environment">The environment of the process.</param>
    /// <returns>True if docker compose would find a project there.</returns>
    public static bool IsNear(string directory, IReadOnlyDictionary<string, string> environment) =>
        FromVariable(directory, environment) is not null || Find(directory) is not null;

    /// <summary>The first file that COMPOSE_FILE names.</summary>
    /// <param name="directory">The absolute folder that relative paths start from.</param>
    /// <param name="environment">The environment of the process.</param>
    /// <returns>Its absolute path; null if the variable is not set.</returns>
    public static string? FromVariable(string directory, IReadOnlyDictionary<string, string> environment)
    {
        try
        {
            var request = new ComposeRequest { WorkingDirectory = directory, Environment = environment };
            VariableScope scope = ProjectEnvironment.Resolve(request, [directory], CancellationToken.None);
            if (!scope.TryGet(FilesVariable, out Variable? files) || files.Value.Length == 0)
            {
                return null;
            }

            string separator = scope.TryGet(SeparatorVariable, out Variable? given) && given.Value.Length > 0 ? given.Value : Path.PathSeparator.ToString();
            return Path.GetFullPath(files.Value.Split(separator)[0], directory);
        }
        catch (ComposeException)
        {
            // The load reports what is wrong with the .env file.
            return null;
        }
    }
}
