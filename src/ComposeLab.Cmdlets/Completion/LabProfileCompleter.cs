using ComposeLab.Projects;

namespace ComposeLab.Completion;

/// <summary>Offers the lab profiles of the project: its overlay files.</summary>
public sealed class LabProfileCompleter : LabCompleter
{
    /// <inheritdoc/>
    private protected override Task<IReadOnlyList<string>> CandidatesAsync(ProjectSelection selection, CancellationToken token) =>
        Task.FromResult<IReadOnlyList<string>>([.. LabProfiles.Of(ProjectSelector.BaseFileOf(selection)).Keys]);
}
