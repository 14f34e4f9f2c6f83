using ComposeLab.Errors;

namespace ComposeLab.Projects;

/// <summary>The lab that comes with the module: its compose files stand in a folder <c>compose</c> above the module's assemblies.</summary>
internal static class BundledLab
{
    private const string Folder = "compose";
    private const string BaseFile = "compose.yaml";

    /// <summary>Finds the folder with the lab's base file and overlays.</summary>
    /// <returns>The absolute path of the folder.</returns>
    /// <exception cref="LabException">The module was taken out of its package.</exception>
    public static string Directory() => Find() ?? throw new LabException(
        LabErrorId.ComposeFileNotFound,
        $"Expected the bundled lab's {Folder}/{BaseFile} above the module's assemblies, found none.",
        "Install the module again, or name another project with -Path");

    /// <summary>The lab's base file.</summary>
    /// <returns>Its absolute path; null if the module was taken out of its package.</returns>
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
