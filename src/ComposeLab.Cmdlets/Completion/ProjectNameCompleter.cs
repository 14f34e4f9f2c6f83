using ComposeLab.Engines;
using ComposeLab.Projects;

namespace ComposeLab.Completion;

/// <summary>Offers the name that the files give, and the stacks that the engine holds.</summary>
public sealed class ProjectNameCompleter : LabCompleter
{
    /// <inheritdoc/>
    private protected override bool AsksEngine(bool found) => true;

    /// <inheritdoc/>
    private protected override IEnumerable<string> FromFiles(ProjectSelection selection, CancellationToken token) =>
        [ProjectLoading.NameOf(selection with { ProjectName = null }, token)];

    /// <inheritdoc/>
    private protected override async Task<IEnumerable<string>> FromEngineAsync(EngineSession session, ProjectSelection selection, CancellationToken token) =>
        (await session.Stacks.ListStacksAsync(token).ConfigureAwait(false)).Select(stack => stack.Name);
}
