using ComposeLab.Compose.Loading;
using ComposeLab.Errors;

namespace ComposeLab.Projects;

/// <summary>The base file of a project, found by the names and in the order of the Compose Specification.</summary>
internal static class BaseFile
{
    /// <summary>Finds the base file in a folder or the nearest of its parents that has one.</summary>
    /// <param name="directory">The absolute folder to begin in.</param>
    /// <returns>The absolute path of the file.</returns>
    /// <exception cref="LabException">ComposeFileNotFound: neither the folder nor a parent has one.</exception>
    public static string Discover(string directory) => BaseFileSearch.Find(directory) ?? throw new LabException(
        LabErrorId.ComposeFileNotFound,
        $"Expected one of {string.Join(", ", BaseFileSearch.Names)} in {directory} or a folder above it, found none.",
        "Give -Path a folder that contains a compose.yaml, or -File the path of a Compose file",
        directory);
}
