using ComposeLab.Compose.Loading;
using ComposeLab.Projects;

namespace ComposeLab.Completion;

/// <summary>Offers the Compose profiles that the project's services name.</summary>
public sealed class ComposeProfileCompleter : LabCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> FromFiles(ProjectSelection selection, CancellationToken token) =>
        ComposeLoader.Load(ProjectSelector.ToRequest(selection) with { ComposeProfiles = ["*"] }, token)
            .Services.Values.SelectMany(service => service.Profiles).Order(StringComparer.Ordinal);
}
