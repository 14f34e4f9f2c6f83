using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Turns a project and the observed state into a plan. Pure: no engine call, no clock.</summary>
public static class StackPlanner
{
    /// <summary>Plans a start.</summary>
    /// <param name="project">The project.</param>
    /// <param name="observed">What the engine holds.</param>
    /// <param name="options">How it is started.</param>
    /// <param name="engine">What the engine can do.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="EngineException">ServiceNotFound, ExternalResourceMissing, ImageNotFound or UnsupportedByEngine.</exception>
    public static StackPlan PlanStart(ComposeProject project, ObservedState observed, StartOptions options, EngineInfo engine) =>
        new StartPlanner(project, observed, options, engine).Make();

    /// <summary>Plans a stop: dependents first, independent services in parallel.</summary>
    /// <param name="projectName">The project's name.</param>
    /// <param name="project">The project; null where only the stack is at hand.</param>
    /// <param name="observed">What the engine holds.</param>
    /// <param name="options">How it is stopped.</param>
    /// <returns>The plan.</returns>
    public static StackPlan PlanStop(string projectName, ComposeProject? project, ObservedState observed, StopOptions options)
    {
        var operations = new List<Operation>();
        EndInOrder(
            project,
            observed.Containers.Where(container => container.IsRunning && Chosen(options.Services, container)),
            (container, before) => ContainerEnds.Stop(operations, container, "asked for", before, options.StopLimit, detail: false));
        return new StackPlan { ProjectName = projectName, Operations = operations };
    }

    /// <summary>Plans a removal: containers, then networks, then volumes where asked.</summary>
    /// <param name="projectName">The project's name.</param>
    /// <param name="project">The project; null where only the stack is at hand.</param>
    /// <param name="observed">What the engine holds.</param>
    /// <param name="options">How it is removed.</param>
    /// <returns>The plan.</returns>
    public static StackPlan PlanRemove(string projectName, ComposeProject? project, ObservedState observed, RemoveOptions options)
    {
        var operations = new List<Operation>();
        List<string> gone = EndInOrder(
            project,
            observed.Containers.Where(container => Chosen(options.Services, container) && (options.RemoveOrphans || IsKnown(project, container))),
            (container, before) => ContainerEnds.Remove(operations, container, "asked for", before, options.StopLimit, options.Volumes, detail: false));
        if (options.Services.Count == 0)
        {
            string label = projectName;
            operations.AddRange(observed.Networks
                .Where(network => network.Labels.GetValueOrDefault(StackLabels.Project) == label)
                .Select(network => new RemoveNetworkOperation(network.Id)
                {
                    Id = "remove network " + network.Id,
                    Resource = "network " + network.Name,
                    Cause = "asked for",
                    DependsOn = gone,
                }));
            operations.AddRange(observed.Volumes
                .Where(volume => options.Volumes && volume.Labels.GetValueOrDefault(StackLabels.Project) == label)
                .Select(volume => new RemoveVolumeOperation(volume.Name)
                {
                    Id = "remove volume " + volume.Name,
                    Resource = "volume " + volume.Name,
                    Cause = "asked for, with everything in it",
                    DependsOn = gone,
                }));
        }

        return new StackPlan { ProjectName = projectName, Operations = operations };
    }

    private static bool Chosen(IReadOnlyList<string> services, ObservedContainer container) =>
        services.Count == 0 || services.Contains(container.Service, StringComparer.Ordinal);

    private static bool IsKnown(ComposeProject? project, ObservedContainer container) =>
        project is null || project.Services.ContainsKey(container.Service) || project.DisabledServices.ContainsKey(container.Service);

    // Those that depend on a service end before it: by the files, else by the note on the containers.
    private static List<string> EndInOrder(
        ComposeProject? project, IEnumerable<ObservedContainer> containers, Func<ObservedContainer, IReadOnlyList<string>, string> end)
    {
        ILookup<string, ObservedContainer> byService = containers.ToLookup(container => container.Service, StringComparer.Ordinal);
        var ended = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (string service in byService.Select(group => group.Key))
        {
            End(service);
        }

        return [.. ended.Values.SelectMany(ids => ids)];

        List<string> End(string service)
        {
            if (ended.TryGetValue(service, out List<string>? ids))
            {
                return ids;
            }

            ids = ended[service] = [];
            List<string> before =
            [
                .. byService.Where(group => group.Any(other => Dependencies(other).Contains(service, StringComparer.Ordinal)))
                    .SelectMany(group => End(group.Key)),
            ];
            ids.AddRange(byService[service].Select(container => end(container, before)));
            return ids;
        }

        IEnumerable<string> Dependencies(ObservedContainer container) =>
            project is not null && project.Services.TryGetValue(container.Service, out ServiceDefinition? service)
                ? service.DependsOn.Keys
                : container.Dependencies;
    }
}
