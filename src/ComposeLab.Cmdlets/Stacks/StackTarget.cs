using ComposeLab.Compose.Model;
using ComposeLab.Engine;
using ComposeLab.Engine.Planning;
using ComposeLab.Errors;
using ComposeLab.Projects;

namespace ComposeLab.Stacks;

/// <summary>
/// The stack that a command acts on. If the user specified an overlay or files, they define what belongs to it. Otherwise the labels on the engine do, so a stack
/// can be managed even if its files are missing or a variable is not set.
/// </summary>
/// <param name="ProjectName">The project's name.</param>
/// <param name="Project">The project, if its files were specified; null if the labels decide.</param>
internal sealed record StackTarget(string ProjectName, ComposeProject? Project)
{
    /// <summary>The project whose hooks run if the labels decide what belongs to the stack; null if its files cannot be read, or if only a name was
    /// specified.</summary>
    public ComposeProject? HooksOf { get; init; }

    /// <summary>The place of the selected project; null if the stack itself was selected, by name or by a pipeline object.</summary>
    public ProjectPlace? Place { get; init; }

    /// <summary>Finds the selected stack.</summary>
    /// <param name="selection">What the user chose.</param>
    /// <param name="load">Loads the project that was selected.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The stack; it may not exist.</returns>
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

    /// <summary>The error for a service that a stack does not have.</summary>
    /// <param name="name">The name of the stack.</param>
    /// <param name="service">The service.</param>
    /// <param name="known">The services of the stack.</param>
    /// <returns>ServiceNotFound; it lists the existing services.</returns>
    public static LabException NoService(string name, string service, IEnumerable<string> known)
    {
        string services = string.Join(", ", known.Distinct(StringComparer.Ordinal));
        return new LabException(LabErrorId.ServiceNotFound, $"Service '{service}' not found in stack '{name}'. Services: {services}.", $"Use one of: {services}", service);
    }

    /// <summary>Looks whether a stack exists: it can have volumes or networks only, or containers without any.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="stacks">The stacks of the engine.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The error for a stack that does not exist; null if it exists.</returns>
    public static async Task<LabException?> MissingAsync(string name, StackEngine stacks, CancellationToken token)
    {
        IReadOnlyList<ObservedStack> all = await stacks.ListStacksAsync(token).ConfigureAwait(false);
        return all.Any(stack => stack.Name == name) ? null : Missing(name, all);
    }

    /// <summary>Checks that every service that the user specified exists.</summary>
    /// <param name="services">The names; empty for all.</param>
    /// <param name="stacks">The stacks on the engine.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>True if all exist; false if no service of the stack is known.</returns>
    /// <exception cref="LabException">ServiceNotFound; the message lists the existing services.</exception>
    public async Task<bool> CheckServicesAsync(IReadOnlyList<string> services, StackEngine stacks, CancellationToken token)
    {
        if (services.Count == 0)
        {
            return true;
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
            return false;
        }

        if (services.FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal)) is { } missing)
        {
            throw NoService(ProjectName, missing, known);
        }

        return true;
    }
}
