using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Plans to return services to their earlier definitions, or to replace all their tasks.</summary>
internal static class RollbackPlanning
{
    /// <summary>Plans a rollback of the last deployment, or of named services.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="observed">The swarm.</param>
    /// <param name="options">Which services.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="EngineException">ServiceNotFound; NothingToRollBack.</exception>
    public static StackPlan PlanRollback(string stack, ObservedSwarm observed, RollbackOptions options)
    {
        var draft = new PlanDraft(stack);
        IReadOnlyList<SwarmService> chosen = options.Services.Count > 0 ? Chosen(stack, observed, options.Services) : OfLastDeployment(stack, observed);
        foreach (SwarmService service in chosen.Where(service => !HasEarlier(service)))
        {
            if (options.Services.Count > 0)
            {
                throw Nothing($"Service '{RemovalPlanning.Key(stack, service)}' of stack '{stack}' has no earlier definition: it was not changed since it was created, or it was already rolled back.");
            }

            draft.Warn(new PlanWarning($"Service {service.Spec.Name} was created or restarted by the last deployment, or since then, and has no earlier definition. It is kept as it is.", RemovalPlanning.Key(stack, service)));
        }

        Dictionary<string, string> networks = observed.Networks.DistinctBy(network => network.Id).ToDictionary(network => network.Id, network => network.Name, StringComparer.Ordinal);
        SwarmService[] changed = [.. chosen.Where(HasEarlier)];
        if (changed.Length == 0)
        {
            throw Nothing($"Stack '{stack}' has no earlier definition to return to: the last deployment only created services.");
        }

        foreach (SwarmService service in changed.OrderBy(service => service.Spec.Name, StringComparer.Ordinal))
        {
            // Values of environment variables may be secret, and the project that knows them is not at hand.
            string[] paths =
            [
                .. ServiceFields.Of(service.Spec, networks).Except(ServiceFields.Of(service.PreviousSpec!, networks)).Select(pair => pair.Key)
                    .Concat(ServiceFields.Of(service.PreviousSpec!, networks).Except(ServiceFields.Of(service.Spec, networks)).Select(pair => pair.Key)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            ];
            string step = draft.Add(
                new RollbackServiceOperation(service.Id, service.Version.Index, service.Spec)
                {
                    Id = $"roll back service {service.Spec.Name}",
                    Resource = ResourceId.Service(service.Spec.Name),
                    Service = RemovalPlanning.Key(stack, service),
                    Cause = paths.Length == 0 ? "requested" : $"the last change is undone: {string.Join(", ", paths)}",
                },
                []);
            Wait(draft, stack, service, step, options, isRollback: true);
        }

        return draft.Finish();

        // A change without a deployment, such as a restart, is what the swarm would undo.
        bool HasEarlier(SwarmService service) => service.PreviousSpec is { } previous
            && (options.Services.Count > 0 || (previous.Labels?.GetValueOrDefault(SwarmLabels.Deployment) ?? "") != service.Label(SwarmLabels.Deployment));
    }

    /// <summary>Plans to replace all tasks, as the update settings of the services say.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="observed">The swarm.</param>
    /// <param name="options">Which services.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="EngineException">ServiceNotFound.</exception>
    public static StackPlan PlanRedeploy(string stack, ObservedSwarm observed, RollbackOptions options)
    {
        var draft = new PlanDraft(stack);
        foreach (SwarmService service in options.Services.Count > 0 ? Chosen(stack, observed, options.Services) : [.. observed.Services.OrderBy(service => service.Spec.Name, StringComparer.Ordinal)])
        {
            SwarmServiceSpec spec = service.Spec with { TaskTemplate = service.Spec.TaskTemplate with { ForceUpdate = (service.Spec.TaskTemplate.ForceUpdate ?? 0) + 1 } };
            string step = draft.Add(
                new UpdateServiceOperation(service.Id, service.Version.Index, spec)
                {
                    Id = $"update service {service.Spec.Name}",
                    Resource = ResourceId.Service(service.Spec.Name),
                    Service = RemovalPlanning.Key(stack, service),
                    Cause = "all tasks are replaced (requested)",
                },
                []);
            Wait(draft, stack, service, step, options, isRollback: false);
        }

        return draft.Finish();
    }

    private static void Wait(PlanDraft draft, string stack, SwarmService service, string step, RollbackOptions options, bool isRollback)
    {
        if (options.NoWait)
        {
            return;
        }

        SwarmUpdatePolicy? policy = isRollback ? service.Spec.RollbackConfig : service.Spec.UpdateConfig;
        draft.Add(
            new WaitServiceOperation(service.Spec.Name, RolloutCondition.Converged, options.Limit ?? DeployOptions.StandardLimit)
            {
                Id = "wait " + service.Spec.Name,
                Resource = ResourceId.Service(service.Spec.Name),
                Service = RemovalPlanning.Key(stack, service),
                Cause = "requested",
                EarlierUpdate = service.UpdateStatus?.StartedAt,
                Monitor = service.Spec.Mode is { IsJob: true } ? TimeSpan.Zero : policy?.Monitor is > 0 and { } monitor ? TimeSpan.FromTicks(monitor / 100) : DeployPlanner.StandardMonitor,
                IsRollback = isRollback,
            },
            [step]);
    }

    private static IReadOnlyList<SwarmService> Chosen(string stack, ObservedSwarm observed, IReadOnlyList<string> names) =>
    [
        .. names.Distinct(StringComparer.Ordinal).Select(name => observed.Services.FirstOrDefault(service => RemovalPlanning.Key(stack, service) == name) ?? throw new EngineException(
            EngineErrorId.ServiceNotFound,
            $"Service '{name}' not found in stack '{stack}'. Services: {string.Join(", ", observed.Services.Select(service => RemovalPlanning.Key(stack, service)).Order(StringComparer.Ordinal))}.",
            "Use one of these services.")
        {
            Service = name,
        }),
    ];

    private static IReadOnlyList<SwarmService> OfLastDeployment(string stack, ObservedSwarm observed)
    {
        string last = observed.Services.Select(service => service.Label(SwarmLabels.Deployment)).Max(StringComparer.Ordinal) ?? "";
        return last.Length > 0
            ? [.. observed.Services.Where(service => service.Label(SwarmLabels.Deployment) == last)]
            : throw Nothing($"The last deployment of stack '{stack}' is unknown: none of its services was deployed with this module.");
    }

    private static EngineException Nothing(string message) => new(EngineErrorId.NothingToRollBack, message, "Name the services to roll back with -Service, or deploy an earlier version of the files");
}
