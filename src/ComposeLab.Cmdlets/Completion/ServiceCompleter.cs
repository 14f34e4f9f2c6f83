using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Engines;
using ComposeLab.Projects;

namespace ComposeLab.Completion;

/// <summary>
/// Offers the services of the project, those that a Compose profile would switch on included. Where there are no files, it offers those of the stack on the engine.
/// </summary>
public sealed class ServiceCompleter : LabCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> FromFiles(ProjectSelection selection, CancellationToken token)
    {
        if (selection.IsBundledLab && selection.ProjectName is not null)
        {
            // A stack that is named without a path is most likely another than the lab.
            return [];
        }

        ComposeProject project = ComposeLoader.Load(ProjectSelector.ToRequest(selection), token);
        return project.Services.Keys.Concat(project.DisabledServices.Keys);
    }

    /// <inheritdoc/>
    private protected override bool AsksEngine(bool found) => !found;

    /// <inheritdoc/>
    private protected override async Task<IEnumerable<string>> FromEngineAsync(EngineSession session, ProjectSelection selection, CancellationToken token)
    {
        string project = ProjectLoading.NameOf(selection, token);
        return (await session.Stacks.ListServicesAsync(project, token).ConfigureAwait(false)).Select(container => container.Service);
    }
}
