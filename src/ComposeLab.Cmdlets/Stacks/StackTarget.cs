using ComposeLab.Compose.Model;
using ComposeLab.Engine;
using ComposeLab.Engine.Planning;
using ComposeLab.Errors;
using ComposeLab.Projects;

namespace ComposeLab.Stacks;

/// <summary>
/// The stack that a command is about. Where the user chose an overlay or files, they say what belongs to it; else the labels on the engine do, so that a stack
/// can be handled when its files are gone or a variable is not set.
/// </summary>
/// <param name="ProjectName">The project's name.</param>
/// <param name="Project">The project, where its files were chosen; null where the labels decide.</param>
internal sealed record StackTarget(string ProjectName, ComposeProject? Project)
{
    /// <summary>Whose hooks run where the labels decide what belongs to the stack; null where its files cannot be read, or where it was only named.</summary>
    public ComposeProject? HooksOf { get; init; }

    /// <summary>Where the selected project is; null if the stack itself was selected, by its name or by an object of the pipeline.</summary>
    public ProjectPlace? Place { get; init; }

    /// <summary>Finds out which stack is meant.</summary>
    /// <param name="selection">What the user chose.</param>
    /// <param name="load">Loads the project that was selected.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The stack; it need not exist.</returns>
    public static StackTarget Of(ProjectSelection selection, Func<ComposeProject> load, CancellationToken token)
    {
        if (!selection.GivesFiles)
        {
            return new StackTarget(ProjectLoading.NameOf(selection, token), null) { Place = ProjectSelector.PlaceOf(selection) };
        }

        ComposeProject project = load();
        return new StackTarget(project.Name, project) { Place = ProjectPlace.Of(project) };
    }

    /// <summary>The error for a stack that does not exist.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="stacks">The stacks on the engine.</param>
    /// <returns>The error; it lists the existing stacks.</returns>
    public static LabException Missing(string name, IReadOnlyList<ObservedStack> stacks)
    {
        string existing = stacks.Count == 0 ? "There are no stacks." : $"Stacks: {string.Join(", ", stacks.Select(stack => stack.Name))}.";
        return new LabException(LabErrorId.StackNotRunning, $"Stack '{name}' not found. {existing}", "Get-LabStack", name);
    }

    /// <summary>Sees to it that every service that the user named exists.</summary>
    /// <param name="services">The names; empty is all.</param>
    /// <param name="stacks">The stacks on the engine.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when all do; a stack of which nothing is known passes, because nothing can be done to it either.</returns>
    /// <exception cref="LabException">ServiceNotFound; the message lists those there are.</exception>
    public async Task CheckServicesAsync(IReadOnlyList<string> services, StackEngine stacks, CancellationToken token)
    {
        if (services.Count == 0)
        {
            return;
        }

        IReadOnlyList<ObservedContainer> containers = await stacks.ListServicesAsync(ProjectName, token).ConfigureAwait(false);
        string[] known =
        [
            .. containers.Select(container => container.Service)
                .Concat(Project?.Services.Keys ?? []).Concat(Project?.DisabledServices.Keys ?? [])
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        if (known.Length == 0)
        {
            return;
        }

        if (services.FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal)) is { } missing)
        {
            throw new LabException(
                LabErrorId.ServiceNotFound,
                $"The stack '{ProjectName}' has no service '{missing}'; it has: {string.Join(", ", known)}.",
                $"Name one of: {string.Join(", ", known)}",
                missing);
        }
    }
}
