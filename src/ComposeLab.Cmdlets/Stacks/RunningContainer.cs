using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Errors;
using ComposeLab.Projects;

namespace ComposeLab.Stacks;

/// <summary>Finds the container of a service that a command acts on.</summary>
internal static class RunningContainer
{
    /// <summary>Finds it.</summary>
    /// <param name="stacks">The stacks on the engine.</param>
    /// <param name="selection">How the user selected the stack, for the command of the recommendation.</param>
    /// <param name="project">The project's name.</param>
    /// <param name="service">The service's name.</param>
    /// <param name="number">The number of the container, from 1; null for the first running one.</param>
    /// <param name="container">The name of a specific container, which can be a one-off container. Null or empty for any.</param>
    /// <param name="token">Cancels it.</param>
    /// <param name="anyState">Whether it can be stopped or paused; a running one is preferred.</param>
    /// <returns>A container; running, unless any state is allowed.</returns>
    /// <exception cref="LabException">StackNotRunning or ServiceNotFound.</exception>
    public static async Task<ObservedContainer> FindAsync(
        StackEngine stacks, ProjectSelection selection, string project, string service, int? number, string? container, CancellationToken token, bool anyState = false)
    {
        // A one-off container is used only if the service has no other that fits.
        IReadOnlyList<ObservedContainer> all = await stacks.ListServicesAndOneOffsAsync(project, token).ConfigureAwait(false);
        ObservedContainer[] own = [.. all.Where(one => one.Service == service && (string.IsNullOrEmpty(container) || one.Name == container)).OrderBy(one => one.IsOneOff)];
        ObservedContainer[] numbered = [.. own.Where(one => number is null || one.Number == number)];
        if ((Array.Find(numbered, one => one.Summary.State == ContainerState.Running) ?? (anyState ? numbered.FirstOrDefault() : null)) is { } found)
        {
            return found;
        }

        string[] services = [.. all.Select(one => one.Service).Distinct(StringComparer.Ordinal)];
        if (services.Length > 0 && own.Length == 0)
        {
            throw new LabException(
                LabErrorId.ServiceNotFound,
                $"Service '{service}' not found in stack '{project}'. Services: {string.Join(", ", services)}.",
                $"Use one of: {string.Join(", ", services)}",
                service);
        }

        string state = own.Length == 0
            ? "the stack has no containers"
            : string.Join(", ", own.Select(one => $"{one.Name} is {one.Summary.State}".ToLowerInvariant()));
        throw new LabException(
            LabErrorId.StackNotRunning,
            $"Expected a {(anyState ? "" : "running ")}container of service '{service}'{(number is null ? "" : $" with number {number}")} in stack '{project}', but {state}.",
            new CommandText(selection).Of("Start-LabStack"),
            service);
    }
}
