using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Pipeline;

namespace ComposeLab.Projects;

/// <summary>Loads the project that the user selected.</summary>
internal static class ProjectLoading
{
    private const string ExampleName = ".env.example";

    /// <summary>Loads it and posts the loader's warnings.</summary>
    /// <param name="selection">What the user chose.</param>
    /// <param name="output">Where warnings go.</param>
    /// <param name="token">Cancels the load.</param>
    /// <returns>The project.</returns>
    /// <exception cref="ComposeException">Any error in the files.</exception>
    public static ComposeProject Load(ProjectSelection selection, IPipelineOutput output, CancellationToken token)
    {
        ComposeProject project = Read(selection, output, token);
        foreach (ComposeWarning warning in project.Warnings)
        {
            output.Warning(warning.Origin is { IsInFile: true } origin ? $"{origin}: {warning.Message}" : warning.Message);
        }

        return project;
    }

    /// <summary>Loads it without the loader's warnings.</summary>
    /// <param name="selection">What the user chose.</param>
    /// <param name="output">Where the verbose message goes.</param>
    /// <param name="token">Cancels the load.</param>
    /// <returns>The project.</returns>
    /// <exception cref="ComposeException">Any error in the files.</exception>
    public static ComposeProject Read(ProjectSelection selection, IPipelineOutput output, CancellationToken token)
    {
        ComposeRequest request = ProjectSelector.ToRequest(selection);
        output.Verbose(request.Files.Count == 0 ? $"Loading the project in {request.WorkingDirectory}." : $"Loading {string.Join(", ", request.Files)}.");
        try
        {
            return ComposeLoader.Load(request, token);
        }
        catch (ComposeException fault) when (fault.Id == ComposeErrorId.VariableRequired && MissingEnvFile(request) is { } folder)
        {
            throw fault.Worded(fault.Message, selection.IsBundledLab ? "New-LabEnvFile" : $"New-LabEnvFile -Path {CommandText.Quote(folder)}");
        }
        catch (ComposeException fault) when (fault.Id == ComposeErrorId.RemoteNotAllowed)
        {
            throw Worded(fault);
        }
    }

    /// <summary>Finds the name of the selected project. Other errors in its files are ignored.</summary>
    /// <param name="selection">What the user chose.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The name.</returns>
    /// <exception cref="ComposeException">The files cannot be found or read.</exception>
    public static string NameOf(ProjectSelection selection, CancellationToken token) =>
        selection.ProjectName ?? ComposeLoader.NameOf(ProjectSelector.ToRequest(selection), token);

    private static ComposeException Worded(ComposeException fault) => fault.Worded(fault.Message, "Use -AllowRemote if you trust the source, or use a file of this machine");

    // For a project with an example but no .env, the next step is to create it.
    private static string? MissingEnvFile(ComposeRequest request)
    {
        string folder = request.ProjectDirectory ?? (request.Files.Count == 0
            ? request.WorkingDirectory
            : Path.GetDirectoryName(Path.GetFullPath(request.Files[0], request.WorkingDirectory))!);
        bool missing = request.EnvFiles.Count == 0 && !File.Exists(Path.Combine(folder, ".env")) && File.Exists(Path.Combine(folder, ExampleName));
        return missing ? folder : null;
    }
}
