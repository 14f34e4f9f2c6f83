using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Errors;
using ComposeLab.Projects;

namespace ComposeLab.Stacks;

/// <summary>Finds the container in which something is to be run.</summary>
internal static class RunningContainer
{
    /// <summary>Finds it.</summary>
    /// <param name="stacks">The stacks on the engine.</param>
    /// <param name="selection">How the user selected the stack, for the command of the recommendation.</param>
    /// <param name="project">The project's name.</param>
    /// <param name="service">The service's name.</param>
    /// <param name="number">Which of its containers, from 1; null is the first that runs.</param>
    /// <param name="container">The container's name, where one is meant and not any of the service; it may run a one-off command. Null or empty is any.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>A running container.</returns>
    /// <exception cref="LabException">StackNotRunning or ServiceNotFound.</exception>
    public static async Task<ObservedContainer> FindAsync(
        StackEngine stacks, ProjectSelection selection, string project, string service, int? number, string? container, CancellationToken token)
    {
        IReadOnlyList<ObservedContainer> all = string.IsNullOrEmpty(container)
            ? await stacks.ListServicesAsync(project, token).ConfigureAwait(false)
            : await stacks.ListServicesAndOneOffsAsync(project, token).ConfigureAwait(false);
        ObservedContainer[] own = [.. all.Where(one => one.Service == service && (string.IsNullOrEmpty(container) || one.Name == container))];
        if (own.FirstOrDefault(one => one.Summary.State == ContainerState.Running && (number is null || one.Number == number)) is { } found)
        {
            return found;
        }

        string[] services = [.. all.Select(one => one.Service).Distinct(StringComparer.Ordinal)];
        if (services.Length > 0 && own.Length == 0)
        {
            throw new LabException(
                LabErrorId.ServiceNotFound,
                $"The stack '{project}' has no service '{service}'; it has: {string.Join(", ", services)}.",
                $"Name one of: {string.Join(", ", services)}",
                service);
        }

        string state = own.Length == 0
            ? "the stack has no containers"
            : string.Join(", ", own.Select(one => $"{one.Name} is {one.Summary.State}".ToLowerInvariant()));
        throw new LabException(
            LabErrorId.StackNotRunning,
            $"Expected a running container of service '{service}' in the stack '{project}'{(number is null ? "" : $" with number {number}")}; {state}.",
            new CommandText(selection).Of("Start-LabStack"),
            service);
    }
}
