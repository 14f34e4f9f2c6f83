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

    /// <summary>Finds the base file in a folder or its nearest parent that has one.</summary>
    /// <param name="directory">The absolute folder to start in.</param>
    /// <returns>The absolute path of the file.</returns>
    /// <exception cref="LabException">ComposeFileNotFound: neither the folder nor a parent has one.</exception>
    public static string Discover(string directory) => BaseFileSearch.Find(directory) ?? throw new LabException(
        LabErrorId.ComposeFileNotFound,
        $"No Compose file found in '{directory}' or its parent folders. Expected one of {string.Join(", ", BaseFileSearch.Names)}.",
        "Set -Path to a folder that contains a compose.yaml, or -File to a Compose file",
        directory);

    /// <summary>Whether a folder belongs to a project: it or a parent has a base file, or COMPOSE_FILE is set in the environment or in the folder's .env.</summary>
    /// <param name="directory">The absolute folder.</param>
    /// <param name="environment">The environment of the process.</param>
    /// <returns>True if docker compose would find a project there.</returns>
    public static bool IsNear(string directory, IReadOnlyDictionary<string, string> environment) =>
        FromVariable(directory, environment) is not null || BaseFileSearch.Find(directory) is not null;

    /// <summary>The first file in COMPOSE_FILE.</summary>
    /// <param name="directory">The absolute base folder of relative paths.</param>
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
            // Errors in the .env file are reported when the project is loaded.
            return null;
        }
    }
}
