using ComposeLab.Compose.Loading;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Remotes;
using ComposeLab.Errors;

namespace ComposeLab.Projects;

/// <summary>Converts the user's selection to the loader's input. <c>-Profile Dev</c> always equals <c>-f compose.yaml -f compose.dev.yaml</c>.</summary>
internal static class ProjectSelector
{
    /// <summary>Creates the request.</summary>
    /// <param name="selection">What the user chose.</param>
    /// <returns>The request for the loader.</returns>
    /// <exception cref="LabException">ComposeFileNotFound, ProfileNotFound.</exception>
    public static ComposeRequest ToRequest(ProjectSelection selection)
    {
        (string directory, List<string> files) = Place(selection);
        if (!string.IsNullOrEmpty(selection.Profile))
        {
            if (files.Count == 0)
            {
                files.Add(BaseFile.Discover(directory));
            }

            files.Add(LabProfiles.Find(Path.GetFullPath(files[0], directory), selection.Profile));
        }

        return new ComposeRequest
        {
            Files = files,
            WorkingDirectory = directory,
            ProjectDirectory = selection.ProjectDirectory,
            ProjectName = selection.ProjectName,
            EnvFiles = EnvFiles(selection, directory),
            ComposeProfiles = selection.ComposeProfiles,
            Services = selection.Services,
            Remote = selection.AllowRemote ? new RemoteFiles(selection.Environment) : null,
            Interpolate = selection.Interpolate,
            ResolvePaths = selection.ResolvePaths,
            ResolveEnvironment = selection.ResolveEnvironment,
            KeepUnused = selection.KeepUnused,
            CheckConsistency = selection.CheckConsistency,
            Environment = selection.Environment,
        };
    }

    /// <summary>Finds the base file of the lab profiles.</summary>
    /// <param name="selection">What the user chose.</param>
    /// <returns>The absolute path of the base file.</returns>
    /// <exception cref="LabException">ComposeFileNotFound.</exception>
    public static string BaseFileOf(ProjectSelection selection)
    {
        (string directory, List<string> files) = Place(selection);
        return files.Count > 0
            ? Path.GetFullPath(files[0], directory)
            : BaseFile.FromVariable(directory, selection.Environment) ?? BaseFile.Discover(directory);
    }

    /// <summary>Finds the place of the selected project without loading it.</summary>
    /// <param name="selection">What the user chose.</param>
    /// <returns>The place; null if the stack itself was selected, by name or by a pipeline object, or if its files are on another machine.</returns>
    /// <exception cref="LabException">ComposeFileNotFound.</exception>
    public static ProjectPlace? PlaceOf(ProjectSelection selection)
    {
        if (selection.IsOnlyNamed || selection.IsOfStack || (selection.Files.Count > 0 && RemoteReference.Of(selection.Files[0]) is not null))
        {
            return null;
        }

        string file = BaseFileOf(selection);
        return new ProjectPlace(selection.ProjectDirectory ?? Path.GetDirectoryName(file)!, file);
    }

    private static IReadOnlyList<string> EnvFiles(ProjectSelection selection, string directory) => selection switch
    {
        { IsBundledLab: true, EnvFiles: [] } => LabHome.EnvFiles(directory, selection.Environment),

        // They are relative to the current location, which may differ from the folder of the project.
        _ when directory != selection.Location => [.. selection.EnvFiles.Select(file => Path.GetFullPath(file, selection.Location))],
        _ => selection.EnvFiles,
    };

    private static (string Directory, List<string> Files) Place(ProjectSelection selection)
    {
        if (selection.Files.Count > 0)
        {
            return (selection.Location, [.. selection.Files]);
        }

        if (selection.IsBundledLab)
        {
            string lab = BundledLab.Directory();
            return (lab, [BaseFile.Discover(lab)]);
        }

        if (selection.Path is null)
        {
            return (selection.Location, []);
        }

        if (Directory.Exists(selection.Path))
        {
            return (selection.Path, []);
        }

        return File.Exists(selection.Path)
            ? (Path.GetDirectoryName(selection.Path)!, [selection.Path])
            : throw new LabException(
                LabErrorId.ComposeFileNotFound,
                $"'{selection.Path}' does not exist.",
                "Set -Path to a folder that contains a compose.yaml",
                selection.Path);
    }
}
