using ComposeLab.Compose.Rules;
using ComposeLab.Projects;

namespace ComposeLab.Completion;

/// <summary>Offers the names of the rules.</summary>
public sealed class RuleCompleter : LabCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> FromFiles(ProjectSelection selection, CancellationToken token) =>
        [.. RuleCatalog.All.Select(rule => rule.Id).Order(StringComparer.Ordinal)];
}
