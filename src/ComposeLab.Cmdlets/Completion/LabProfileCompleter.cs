using ComposeLab.Projects;

namespace ComposeLab.Completion;

/// <summary>Offers the lab profiles of the project: its overlay files.</summary>
public sealed class LabProfileCompleter : LabCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> FromFiles(ProjectSelection selection, CancellationToken token) =>
        LabProfiles.Of(ProjectSelector.BaseFileOf(selection)).Keys;
}
