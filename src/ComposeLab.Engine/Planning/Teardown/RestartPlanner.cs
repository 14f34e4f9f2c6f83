using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Plans a restart: containers end as in a stop, then start as in a start, each after those it waits for.</summary>
/// <param name="projectName">The project's name.</param>
/// <param name="project">The project, for its hooks; null if only the stack is known.</param>
/// <param name="observed">The state of the engine.</param>
/// <param name="options">The options of the restart.</param>
internal sealed class RestartPlanner(string projectName, ComposeProject? project, ObservedState observed, RestartOptions options)
{
    private readonly PlanDraft _draft = new(projectName);
    private readonly StackOrder _order = new(projectName, project, observed.Containers);
    private readonly Dictionary<string, List<string>> _started = new(StringComparer.Ordinal);

    /// <summary>Creates the plan.</summary>
    /// <returns>The plan; empty if the stack has no container to restart.</returns>
    public StackPlan Make()
    {
        StackPlanner.CheckOwner(_draft, projectName, options.Place, observed);
        IReadOnlyList<string> services = WithDependents(_order.Choose(options.Services));
        var ends = new ContainerTeardown(_draft, project ?? options.HooksOf, options.StopLimit);
        var stops = new StopPlanner(_order);
        stops.Plan(
            services, (container, before) => container.IsRunning ? ends.End(container, "restart", before) : null);
        foreach (string service in _order.DependenciesFirst(services))
        {
            List<string> started = _started[service] = [];
            foreach (ObservedContainer container in _order.Of(service).Where(container => container.IsRunning || !IsFinished(container)))
            {
                started.Add(Start(service, container, stops.Ended(service)));
            }
        }

        return _draft.Finish();
    }

    // A completed one-shot service does not run again, unless specified. It is recognized by the services that waited for its end.
    private bool IsFinished(ObservedContainer container) =>
        container.Summary is { State: ContainerState.Exited, ExitCode: 0 }
        && !options.Services.Contains(container.Service, StringComparer.Ordinal)
        && AwaitedToEnd.Contains(container.Service);

    private HashSet<string> AwaitedToEnd => field ??=
    [
        .. _order.Services.SelectMany(_order.Dependencies)
            .Where(dependency => dependency.Condition == DependencyCondition.ServiceCompletedSuccessfully)
            .Select(dependency => dependency.Service),
    ];

    private IReadOnlyList<string> WithDependents(IReadOnlyList<string> chosen)
    {
        ILookup<string, string> followers = _order.Services
            .SelectMany(service => _order.Dependencies(service).Where(dependency => dependency.Restart).Select(dependency => dependency.Service)
                .Concat(NetworkOwners(service)).Select(leader => (leader, service)))
            .ToLookup(entry => entry.leader, entry => entry.service, StringComparer.Ordinal);
        List<string> all = [.. chosen];
        HashSet<string> seen = [.. chosen];
        for (int index = 0; index < all.Count; index++)
        {
            all.AddRange(followers[all[index]].Where(seen.Add));
        }

        return all;
    }

    // A container that is restarted gets a new network namespace: those that share it still have the old one.
    private IEnumerable<string> NetworkOwners(string service) => (project ?? options.HooksOf)?.Services.GetValueOrDefault(service) is { } definition
        ? ServiceReferences.Of(definition).Where(reference => reference.Attribute == "network_mode").Select(reference => reference.Service)
        : [];

    private string Start(string service, ObservedContainer container, IReadOnlyList<string> stopped)
    {
        string last = _draft.Add(
            new StartContainerOperation(container.Id, Paused: false)
            {
                Id = "start " + container.Name,
                Resource = ResourceId.Container(container.Name),
                Service = service,
                Cause = "restart",
            },
            [.. stopped, .. Dependencies(service)]);
        int number = 0;
        foreach (HookDefinition hook in (project ?? options.HooksOf)?.Services.GetValueOrDefault(service)?.PostStart ?? [])
        {
            last = _draft.Add(
                new HookOperation(container.Id, InlineFiles.Hook(hook))
                {
                    Id = $"post_start {container.Name} {++number}",
                    Resource = ResourceId.Container(container.Name),
                    Service = service,
                    Cause = "post_start",
                    IsDetail = true,
                },
                [last]);
        }

        if (!options.NoWait)
        {
            _draft.Add(ReadyWait.Make(container.Name, service, "until it is ready", detail: true, options.ReadyLimit, !options.NoProbe), [last]);
        }

        return last;
    }

    private List<string> Dependencies(string service)
    {
        List<string> before = [];
        foreach (ObservedDependency dependency in _order.Dependencies(service))
        {
            IReadOnlyList<string> started = _started.GetValueOrDefault(dependency.Service) ?? [];
            before.AddRange(started);
            if (dependency.Condition != DependencyCondition.ServiceStarted && started.Count > 0)
            {
                before.AddRange(_order.Of(dependency.Service).Select(container => DependencyWait.Add(
                    _draft, container.Name, dependency.Service, dependency.Condition, dependency.Required, options.ReadyLimit, !options.NoProbe, started)));
            }
        }

        return before;
    }
}
