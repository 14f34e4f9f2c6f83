using ComposeLab.Errors;

namespace ComposeLab.Projects;

/// <summary>The base file of a project, found by the names and in the order of the Compose Specification.</summary>
internal static class BaseFile
{
    private static readonly string[] Names = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

    /// <summary>Finds the base file in a folder or the nearest of its parents that has one.</summary>
    /// <param name="directory">The absolute folder to begin in.</param>
    /// <returns>The absolute path of the file.</returns>
    /// <exception cref="LabException">ComposeFileNotFound: neither the folder nor a parent has one.</exception>
    public static string Discover(string directory)
    {
        for (string? at = directory; at is not null; at = Path.GetDirectoryName(at))
        {
            if (Names.Select(name => Path.Combine(at, name)).FirstOrDefault(File.Exists) is { } found)
            {
                return found;
            }
        }

        throw new LabException(
            LabErrorId.ComposeFileNotFound,
            $"Expected one of {string.Join(", ", Names)} in {directory} or a folder above it, found none.",
            "Give -Path a folder that holds a compose.yaml, or -File the path of a compose file",
            directory);
    }
}
