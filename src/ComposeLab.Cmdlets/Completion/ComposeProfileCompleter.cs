using ComposeLab.Compose.Loading;
using ComposeLab.Projects;

namespace ComposeLab.Completion;

/// <summary>Offers the Compose profiles that the project's services name.</summary>
public sealed class ComposeProfileCompleter : LabCompleter
{
    /// <inheritdoc/>
    private protected override Task<IReadOnlyList<string>> CandidatesAsync(ProjectSelection selection, CancellationToken token)
    {
        var project = ComposeLoader.Load(ProjectSelector.ToRequest(selection) with { ComposeProfiles = ["*"] }, token);
        return Task.FromResult<IReadOnlyList<string>>(
            [.. project.Services.Values.SelectMany(service => service.Profiles).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }
}
