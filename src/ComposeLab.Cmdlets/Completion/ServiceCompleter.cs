using ComposeLab.Compose.Loading;
using ComposeLab.Projects;

namespace ComposeLab.Completion;

/// <summary>Offers the services of the project, those that a Compose profile would switch on included.</summary>
public sealed class ServiceCompleter : LabCompleter
{
    /// <inheritdoc/>
    private protected override Task<IReadOnlyList<string>> CandidatesAsync(ProjectSelection selection, CancellationToken token)
    {
        var project = ComposeLoader.Load(ProjectSelector.ToRequest(selection), token);
        return Task.FromResult<IReadOnlyList<string>>([.. project.Services.Keys, .. project.DisabledServices.Keys]);
    }
}
