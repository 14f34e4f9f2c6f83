using ComposeLab.Compose.Rules;
using ComposeLab.Projects;

namespace ComposeLab.Completion;

/// <summary>Offers the names of the rules.</summary>
public sealed class RuleCompleter : LabCompleter
{
    /// <inheritdoc/>
    private protected override Task<IReadOnlyList<string>> CandidatesAsync(ProjectSelection selection, CancellationToken token) =>
        Task.FromResult<IReadOnlyList<string>>([.. RuleCatalog.All.Select(rule => rule.Id).Order(StringComparer.Ordinal)]);
}
