using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Engine;
using ComposeLab.Engine.Planning;
using ComposeLab.Errors;
using ComposeLab.Projects;

namespace ComposeLab.Stacks;

/// <summary>The project of a stack that was found by its name. Its containers record which files it was started from.</summary>
internal static class StartedProject
{
    /// <summary>Reads the project.</summary>
    /// <param name="stacks">The stacks on the engine.</param>
    /// <param name="projectName">The stack's name.</param>
    /// <param name="selection">What the user chose.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The project; null if its files are missing, invalid or unknown.</returns>
    public static async Task<ComposeProject?> ReadAsync(StackEngine stacks, string projectName, ProjectSelection selection, CancellationToken token)
    {
        IReadOnlyList<ObservedContainer> containers = await stacks.ListServicesAsync(projectName, token).ConfigureAwait(false);
        ObservedContainer? teller = containers.FirstOrDefault(container => container.ConfigFiles.Count > 0 && container.ConfigFiles.All(File.Exists));
        try
        {
            return teller is null ? null : ComposeLoader.Load(ProjectSelector.ToRequest(Selection(teller, projectName, selection)), token);
        }
        catch (Exception unreadable) when (unreadable is ComposeException or LabException)
        {
            return null;
        }
    }

    // The bundled lab of an installed module keeps its variables in another folder. The user's selection knows that folder.
    private static ProjectSelection Selection(ObservedContainer teller, string projectName, ProjectSelection selection) =>
        teller.ConfigFiles.Contains(ProjectSelector.BaseFileOf(selection), StringComparer.Ordinal)
            ? selection
            : selection with { Profile = null, Path = null, BundledLab = false, Files = teller.ConfigFiles, ProjectName = projectName, ProjectDirectory = teller.WorkingDirectory };
}
