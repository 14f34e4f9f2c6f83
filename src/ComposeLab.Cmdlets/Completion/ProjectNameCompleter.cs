using ComposeLab.Projects;

namespace ComposeLab.Completion;

/// <summary>Offers the stacks that the engine holds.</summary>
public sealed class ProjectNameCompleter : LabCompleter
{
    /// <inheritdoc/>
    private protected override Task<IReadOnlyList<string>> CandidatesAsync(ProjectSelection selection, CancellationToken token) =>
        Task.FromResult<IReadOnlyList<string>>([]);
}
