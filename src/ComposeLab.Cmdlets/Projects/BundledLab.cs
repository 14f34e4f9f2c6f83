using ComposeLab.Errors;

namespace ComposeLab.Projects;

/// <summary>The lab that is included in the module. Its Compose files are in a folder <c>compose</c> above the module's assemblies.</summary>
internal static class BundledLab
{
    private const string Folder = "compose";
    private const string BaseFile = "compose.yaml";

    /// <summary>Finds the folder with the lab's base file and overlays.</summary>
    /// <returns>The absolute path of the folder.</returns>
    /// <exception cref="LabException">The module is not in its package.</exception>
    public static string Directory() => Find() ?? throw new LabException(
        LabErrorId.ComposeFileNotFound,
        $"The bundled lab is missing: {Folder}/{BaseFile} does not exist in the folder of the module.",
        "Reinstall the module, or specify another project with -Path");

    /// <summary>The lab's base file.</summary>
    /// <returns>Its absolute path; null if the module is not in its package.</returns>
    public static string? BaseFileOrNull() => Find() is { } folder ? Path.Combine(folder, BaseFile) : null;

    private static string? Find()
    {
        for (string? at = Path.GetDirectoryName(typeof(BundledLab).Assembly.Location); at is not null; at = Path.GetDirectoryName(at))
        {
            string candidate = Path.Combine(at, Folder);
            if (File.Exists(Path.Combine(candidate, BaseFile)))
            {
                return candidate;
            }
        }

        return null;
    }
}
