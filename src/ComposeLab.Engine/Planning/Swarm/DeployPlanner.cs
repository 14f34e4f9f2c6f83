using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;

namespace ComposeLab.Engine.Planning;

/// <summary>Plans a deployment: removals first, then networks, configs and secrets, then each service after those it depends on.</summary>
/// <param name="project">The project.</param>
/// <param name="observed">The swarm.</param>
/// <param name="options">How it is deployed.</param>
internal sealed class DeployPlanner(ComposeProject project, ObservedSwarm observed, DeployOptions options)
{
    /// <summary>How long new tasks are watched if the service does not say so, as docker does: 5 seconds.</summary>
    internal static readonly TimeSpan StandardMonitor = TimeSpan.FromSeconds(5);

    private readonly PlanDraft _draft = new(project.Name);
    private readonly Dictionary<string, PlannedRollout> _rollouts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _networkNames = observed.Networks.DistinctBy(network => network.Id).ToDictionary(network => network.Id, network => network.Name, StringComparer.Ordinal);

    private TimeSpan Limit => options.Limit ?? DeployOptions.StandardLimit;

    /// <summary>Creates the plan.</summary>
    /// <returns>The plan; empty if the stack is as the project says.</returns>
    public StackPlan Make()
    {
        SwarmStack stack = StackConversion.Convert(project, observed.Contents);
        new SwarmSupport(project, observed, _draft).Check();
        if (observed.HasComposeStack)
        {
            _draft.Warn(new PlanWarning($"This engine also has a Compose stack '{project.Name}'. Its containers are left alone, and compete for the same ports."));
        }

        List<string> ends = [.. Removals(stack)];
        string[] networks = [.. Networks(stack)];
        var files = new FileRotation(stack, observed, _draft);
        files.Plan();
        foreach (SwarmStackService service in stack.Services)
        {
            Plan(service, files, networks);
        }

        foreach (SwarmStackService service in options.NoWait ? [] : stack.Services)
        {
            if (Wait(service, RolloutCondition.Converged) is { } wait)
            {
                ends.Add(wait);
            }
        }

        ends.AddRange(_rollouts.Values.Select(rollout => rollout.Step).OfType<string>());
        files.Prune(ends);
        return _draft.Finish();
    }

    private IEnumerable<string> Removals(SwarmStack stack)
    {
        HashSet<string> wanted = [.. stack.Services.Select(service => service.Spec.Name), .. project.DisabledServices.Keys.Select(key => $"{stack.Name}_{key}")];
        foreach (SwarmService orphan in observed.Services.Where(service => !wanted.Contains(service.Spec.Name)).OrderBy(service => service.Spec.Name, StringComparer.Ordinal))
        {
            if (options.Prune)
            {
                yield return _draft.Add(RemovalPlanning.Remove(stack.Name, orphan, "the project does not define it"), []);
            }
            else
            {
                _draft.Warn(new PlanWarning($"Service {orphan.Spec.Name} belongs to the stack, but the project does not define it.", RemovalPlanning.Key(stack.Name, orphan), Remedy: Remedy.Prune()));
            }
        }
    }

    private IEnumerable<string> Networks(SwarmStack stack)
    {
        foreach (NetworkSpec network in stack.Networks)
        {
            NetworkSummary? existing = observed.Networks.Where(known => known.Name == network.Name).OrderByDescending(known => known.Scope == "swarm").FirstOrDefault();
            if (existing is null)
            {
                yield return _draft.Add(
                    new CreateNetworkOperation(network) { Id = $"create network {network.Name}", Resource = ResourceId.Network(network.Name), Cause = "network does not exist" }, []);
            }
            else if (existing.Scope != "swarm")
            {
                string owner = existing.Labels.GetValueOrDefault(StackLabels.Project, "");
                _draft.AddFinding(
                    EngineErrorId.ResourceInUse,
                    owner.Length > 0
                        ? $"Network '{network.Name}' belongs to the Compose stack '{owner}' of this engine, and the swarm stack '{stack.Name}' needs its own network with that name."
                        : $"Network '{network.Name}' exists on this engine, but not in the swarm (scope {existing.Scope}), and the swarm stack '{stack.Name}' needs its own network with that name.",
                    "Use another stack name, or remove the other stack",
                    null,
                    null,
                    owner.Length > 0 ? [Remedy.RenameProject(), Remedy.RemoveStack(owner, Orchestrator.Compose)] : [Remedy.RenameProject()]);
            }
            else if (existing.Driver != network.Driver)
            {
                _draft.Warn(new PlanWarning($"Network {network.Name} has the driver {existing.Driver}, not {network.Driver}. An existing network is not changed; remove the stack to recreate it."));
            }
        }

        foreach (string name in stack.ExternalNetworks)
        {
            NetworkSummary? existing = observed.Networks.FirstOrDefault(known => known.Name == name && known.Scope == "swarm") ?? observed.Networks.FirstOrDefault(known => known.Name == name);
            if (existing is null or { Scope: not "swarm" })
            {
                _draft.AddFinding(
                    EngineErrorId.ExternalResourceMissing,
                    existing is null ? $"External network '{name}' does not exist in the swarm." : $"External network '{name}' exists on this engine only (scope {existing.Scope}).",
                    $"Create it with: docker network create --driver overlay {name}",
                    null,
                    project.Networks.Values.FirstOrDefault(network => ServiceNames.Network(project, network.Key) == name)?.Origin);
            }
        }
    }

    private void Plan(SwarmStackService service, FileRotation files, IReadOnlyList<string> networks)
    {
        SwarmService? existing = observed.Service(service.Spec.Name);
        SwarmServiceSpec spec = files.Fill(WithImage(service.Spec, existing));
        string[] before = [.. networks.Where(step => spec.TaskTemplate.Networks!.Any(network => step == $"create network {network.Target}")), .. files.Before(service.Spec)];
        ResourceId resource = ResourceId.Service(spec.Name);
        if (existing is null)
        {
            _rollouts[service.Key] = new PlannedRollout
            {
                Step = _draft.Add(
                    new CreateServiceOperation(spec) { Id = $"create {resource}", Resource = resource, Service = service.Key, Cause = "service does not exist", CredentialOf = CredentialOf(service) },
                    [.. before, .. Gates(service)]),
                ReplacesTasks = true,
            };
            return;
        }

        spec = Kept(spec, existing.Spec);
        IReadOnlyList<FieldChange> changes = ServiceFields.Differences(existing.Spec, spec, _networkNames, service.Definition, project.Mask);
        if (changes.Any(change => change.Path == "deploy.mode"))
        {
            _draft.AddFinding(
                EngineErrorId.UnsupportedByEngine,
                $"Service '{service.Key}' changes its mode ({changes.First(change => change.Path == "deploy.mode")}). A swarm cannot change the mode of a service.",
                $"Remove the service first: docker service rm {spec.Name}",
                service.Key,
                service.Definition.Deploy?.Node["mode"]?.Origin);
        }

        SwarmNode? down = changes.Count > 0 ? null : RolloutJudgment.StuckOn(existing, new SwarmSnapshot(observed.Services, observed.Tasks, observed.Nodes));
        if (changes.Count == 0 && down is null)
        {
            _rollouts[service.Key] = new PlannedRollout { Existing = existing };
            return;
        }

        _rollouts[service.Key] = new PlannedRollout
        {
            Existing = existing,
            ReplacesTasks = down is not null || changes.Any(ServiceFields.ReplacesTasks),
            Step = _draft.Add(
                new UpdateServiceOperation(existing.Id, existing.Version.Index, spec)
                {
                    Id = $"update {resource}",
                    Resource = resource,
                    Service = service.Key,
                    // The new mark of the deployment lets the swarm begin the update again, which keeps tasks that are up to date.
                    Cause = down is null ? string.Join("; ", changes) : $"the update waits for a task on node {down.Name}, which is down",
                    Changes = changes,
                    IsDeployment = true,
                    CredentialOf = CredentialOf(service),
                },
                [.. before, .. Gates(service)]),
        };
    }

    private string? CredentialOf(SwarmStackService service) => options.WithRegistryAuth ? service.Definition.Image : null;

    // Docker keeps what another tool forced or scaled, and the digest of an image that did not change. Another version of it can have sorted the ports differently.
    private SwarmServiceSpec Kept(SwarmServiceSpec spec, SwarmServiceSpec existing) => spec with
    {
        TaskTemplate = spec.TaskTemplate with { ForceUpdate = existing.TaskTemplate.ForceUpdate },
        EndpointSpec = ServiceFields.HaveSamePorts(spec, existing) ? spec.EndpointSpec! with { Ports = existing.EndpointSpec!.Ports } : spec.EndpointSpec,
        Mode = options.KeepScale && spec.Mode is { Replicated: not null } && existing.Mode is { Replicated: not null } kept ? kept : spec.Mode,
    };

    private SwarmServiceSpec WithImage(SwarmServiceSpec spec, SwarmService? existing)
    {
        string image = spec.Labels![SwarmLabels.Image];
        SwarmContainerSpec container = spec.TaskTemplate.ContainerSpec!;
        if (observed.Images.GetValueOrDefault(image) is { } found)
        {
            return Pinned($"{container.Image}@{found.Digest}", found.Platforms);
        }

        bool isKept = existing is not null && existing.Label(SwarmLabels.Image) == image && existing.Spec.TaskTemplate.ContainerSpec is not null;
        return isKept ? Pinned(existing!.Spec.TaskTemplate.ContainerSpec!.Image, existing.Spec.TaskTemplate.Placement?.Platforms) : spec;

        SwarmServiceSpec Pinned(string name, IReadOnlyList<SwarmPlatform>? platforms) => spec with
        {
            TaskTemplate = spec.TaskTemplate with
            {
                ContainerSpec = container with { Image = name },
                Placement = spec.TaskTemplate.Placement! with { Platforms = platforms is { Count: > 0 } ? platforms : null },
            },
        };
    }

    private IEnumerable<string> Gates(SwarmStackService service) => service.Definition.DependsOn.Values
        .Where(dependency => _rollouts.ContainsKey(dependency.Service))
        .Select(dependency => Gate(dependency)).OfType<string>();

    private string? Gate(DependencyDefinition dependency)
    {
        ServiceDefinition other = project.Services[dependency.Service];
        var target = new SwarmStackService(other, new ServiceConversion(project).Make(other));
        return Wait(target, dependency.Condition == DependencyCondition.ServiceCompletedSuccessfully || target.Spec.Mode!.IsJob ? RolloutCondition.Completed : RolloutCondition.Running);
    }

    // A service that is as it should be, and has been before this plan, is not waited for.
    private string? Wait(SwarmStackService service, RolloutCondition condition)
    {
        PlannedRollout rollout = _rollouts[service.Key];
        if (rollout.Step is null && rollout.Existing is { } existing && IsConverged(existing))
        {
            return null;
        }

        string id = $"wait {service.Spec.Name} {condition}";
        if (_draft.Has(id))
        {
            return id;
        }

        TimeSpan? monitor = service.Definition.Deploy?.UpdateConfig?.Monitor;
        return _draft.Add(
            new WaitServiceOperation(service.Spec.Name, condition, Limit)
            {
                Id = id,
                Resource = ResourceId.Service(service.Spec.Name),
                Service = service.Key,
                Cause = condition == RolloutCondition.Converged ? "requested" : "others depend on it",
                EarlierUpdate = rollout.Step is null ? null : rollout.Existing?.UpdateStatus?.StartedAt,
                Monitor = condition == RolloutCondition.Converged && rollout.ReplacesTasks && service.Spec.Mode is { IsJob: false } ? monitor is { Ticks: > 0 } given ? given : StandardMonitor : TimeSpan.Zero,
            },
            rollout.Step is { } step ? [step] : []);
    }

    /// <summary>Whether a service has all its tasks, and its last update ended well.</summary>
    /// <param name="service">The service.</param>
    /// <returns>True if there is nothing to wait for.</returns>
    internal static bool IsConverged(SwarmService service)
    {
        SwarmServiceStatus status = service.ServiceStatus ?? new SwarmServiceStatus(0, -1, 0);
        bool isQuiet = service.UpdateStatus?.State is null or "" or "completed" or "rollback_completed";
        return isQuiet && (service.Spec.Mode switch
        {
            { ReplicatedJob: { } job } => status.CompletedTasks >= (job.TotalCompletions ?? job.MaxConcurrent ?? 1),
            { GlobalJob: not null } => status.DesiredTasks == 0 || status.CompletedTasks >= status.DesiredTasks,
            _ => status.RunningTasks == status.DesiredTasks,
        });
    }

    private sealed record PlannedRollout
    {
        /// <summary>The service before the plan; null if there is none.</summary>
        public SwarmService? Existing { get; init; }

        /// <summary>The step that creates or changes it; null for none.</summary>
        public string? Step { get; init; }

        /// <summary>Whether tasks are replaced.</summary>
        public bool ReplacesTasks { get; init; }
    }
}
