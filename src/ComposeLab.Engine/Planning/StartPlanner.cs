using ComposeLab.Compose.Hashing;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Plans one start.</summary>
/// <param name="project">The project.</param>
/// <param name="observed">What the engine holds.</param>
/// <param name="options">How it is started.</param>
/// <param name="engine">What the engine can do.</param>
internal sealed class StartPlanner(ComposeProject project, ObservedState observed, StartOptions options, EngineInfo engine)
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(5);

    private readonly List<Operation> _operations = [];
    private readonly List<PlanWarning> _warnings = [];
    private readonly List<string> _ready = [];
    private readonly List<string> _grounds = [];
    private readonly Dictionary<string, List<string>> _containers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _started = new(StringComparer.Ordinal);
    private readonly ContainerSpecs _specs = new(project, observed.Images);

    /// <summary>Makes the plan.</summary>
    /// <returns>The plan; of images alone where they must come first.</returns>
    public StackPlan Make()
    {
        IReadOnlyList<ServiceDefinition> services = ServiceOrder.Of(project, options.Services);
        foreach (ServiceDefinition service in services)
        {
            AddImage(service);
        }

        if (_operations.Count > 0)
        {
            // A build or a pull decides which image the containers are made from: the rest is planned when it is there.
            return Plan() with { Next = new StackStart(project, options with { Build = false, Pull = options.Pull == "always" ? "missing" : options.Pull }) };
        }

        AddNetworks(services);
        AddVolumes(services);
        foreach (ServiceDefinition service in services)
        {
            AddService(service);
        }

        AddOrphans();
        return Plan();
    }

    private StackPlan Plan() => new()
    {
        ProjectName = project.Name,
        Operations = _operations,
        Warnings = _warnings,
        ReadyContainers = _ready,
    };

    private void AddImage(ServiceDefinition service)
    {
        string image = ServiceNames.Image(project, service);
        bool missing = !observed.Images.ContainsKey(image);
        string policy = options.Pull ?? service.PullPolicy ?? "missing";
        bool builds = service.Build is not null;
        string? cause = builds && options.Build ? "asked for"
            : builds && policy == "build" && missing ? "pull_policy is build"
            : !builds && policy == "always" ? "pull policy is always"
            : missing ? "the engine has no such image" : null;
        if (cause is null || _operations.Any(operation => operation.Id == "image " + image))
        {
            return;
        }

        if (!builds && policy == "never")
        {
            throw new EngineException(
                EngineErrorId.ImageNotFound,
                $"Service '{service.Name}' needs the image '{image}', which the engine does not have, and its pull policy is never.",
                "Build or load the image, or allow the pull with -Pull missing.")
            {
                Service = service.Name,
            };
        }

        _operations.Add(new ImageOperation(project, service, image, builds)
        {
            Id = "image " + image,
            Resource = "image " + image,
            Service = service.Name,
            Cause = cause,
        });
    }

    private void AddNetworks(IReadOnlyList<ServiceDefinition> services)
    {
        foreach (string key in services.Where(service => service.NetworkMode is null)
            .SelectMany(service => service.Networks.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            string name = ServiceNames.Network(project, key);
            NetworkDefinition? definition = project.Networks.GetValueOrDefault(key);
            if (observed.Networks.Any(network => network.Name == name))
            {
                continue;
            }

            if (definition is { External: true })
            {
                throw Missing("network", name);
            }

            Ground(new CreateNetworkOperation(ResourceLabels.Network(project, key, name, definition))
            {
                Id = "create network " + name,
                Resource = "network " + name,
                Cause = "no such network yet",
            });
        }
    }

    private void AddVolumes(IReadOnlyList<ServiceDefinition> services)
    {
        foreach (string key in services.SelectMany(service => service.Volumes)
            .Where(mount => mount.Type == MountType.Volume && !string.IsNullOrEmpty(mount.Source))
            .Select(mount => mount.Source!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            string name = ServiceNames.Volume(project, key);
            VolumeDefinition? definition = project.Volumes.GetValueOrDefault(key);
            if (observed.Volumes.Any(volume => volume.Name == name))
            {
                continue;
            }

            if (definition is { External: true })
            {
                throw Missing("volume", name);
            }

            Ground(new CreateVolumeOperation(ResourceLabels.Volume(project, key, name, definition))
            {
                Id = "create volume " + name,
                Resource = "volume " + name,
                Cause = "no such volume yet",
            });
        }
    }

    private void AddService(ServiceDefinition service)
    {
        int wanted = options.Scale.TryGetValue(service.Name, out int scale) ? scale : service.Replicas;
        IReadOnlyList<ObservedContainer> existing = observed.Of(service.Name);
        List<string> names = _containers[service.Name] = [];
        _started[service.Name] = [];
        foreach (ObservedContainer surplus in existing.Skip(wanted))
        {
            Remove(surplus, $"{wanted} wanted", []);
        }

        foreach (ObservedContainer container in existing.Take(wanted))
        {
            names.Add(container.Name);
            if (RecreateCause(service, container) is { } cause)
            {
                Recreate(service, container, cause);
            }
            else
            {
                Keep(service, container);
            }
        }

        int number = existing.Count == 0 ? 0 : existing.Max(container => container.Number);
        for (int count = Math.Min(existing.Count, wanted); count < wanted; count++)
        {
            ContainerSpec spec = _specs.Make(service, ++number);
            names.Add(spec.Name);
            string created = Create(service, spec, spec.Name, existing.Count == 0 ? "no container yet" : $"{wanted} wanted");
            Start(service, spec.Name, [created], "just created", detail: true, paused: false);
        }
    }

    private string? RecreateCause(ServiceDefinition service, ObservedContainer container)
    {
        if (options.ForceRecreate)
        {
            return "asked for";
        }

        if (container.ConfigHash != ConfigHash.ForService(project, service))
        {
            IReadOnlyList<string>? fields = ServiceFacts.Differences(container.Label(StackLabels.Config), service);
            return fields is { Count: > 0 } ? string.Join("; ", fields) : "its configuration changed";
        }

        string image = observed.Images.GetValueOrDefault(ServiceNames.Image(project, service), "");
        string made = container.ImageLabel.Length > 0 ? container.ImageLabel : container.Summary.ImageId;
        return image.Length > 0 && made != image ? "image changed" : null;
    }

    private void Recreate(ServiceDefinition service, ObservedContainer old, string cause)
    {
        string temporary = $"{old.Id[..12]}_{old.Name}";
        ContainerSpec spec = _specs.Make(service, Math.Max(1, old.Number)) with { Name = temporary };
        string created = Create(service, spec, old.Name, cause, temporary);
        string removed = Remove(old, "replaced", [created], detail: true);
        string renamed = Add(
            new RenameContainerOperation(temporary, old.Name)
            {
                Id = "rename " + old.Name,
                Resource = "container " + old.Name,
                Service = service.Name,
                Cause = "replaces the old one",
                IsDetail = true,
            },
            [removed]);
        Start(service, old.Name, [renamed], "just created", detail: true, paused: false);
    }

    private void Keep(ServiceDefinition service, ObservedContainer container)
    {
        if (container.Summary.State == ContainerState.Running)
        {
            if (container.Summary.Health is HealthStatus.Starting or HealthStatus.Unhealthy && !options.NoWait)
            {
                Wait(service, container.Name, [], "its health is " + container.Summary.Health.ToString().ToLowerInvariant(), detail: false);
            }
            else
            {
                _ready.Add(container.Name);
            }
        }
        else if (container.Summary is { State: ContainerState.Exited, ExitCode: 0 } && service.Restart is null or "no" && IsOneShot(service.Name))
        {
            _ready.Add(container.Name);
        }
        else
        {
            bool paused = container.Summary.State == ContainerState.Paused;
            Start(service, container.Name, [], container.Summary.State.ToString().ToLowerInvariant(), detail: false, paused);
        }
    }

    // A finished one-shot is only known as such by those that waited for its end.
    private bool IsOneShot(string service) => project.Services.Values.Any(other =>
        other.DependsOn.TryGetValue(service, out DependencyDefinition? dependency)
        && dependency.Condition == DependencyCondition.ServiceCompletedSuccessfully);

    private string Create(ServiceDefinition service, ContainerSpec spec, string finalName, string cause, string? temporary = null)
    {
        string primary = _specs.Primary(service);
        ContainerSpec made = engine.TakesAllNetworksAtCreate || spec.Networks.Count <= 1
            ? spec
            : spec with { Networks = spec.Networks.Where(pair => pair.Key == primary).ToDictionary(pair => pair.Key, pair => pair.Value) };
        string last = Add(
            new CreateContainerOperation(made)
            {
                Id = (temporary is null ? "create " : "recreate ") + finalName,
                Resource = "container " + finalName,
                Service = service.Name,
                Cause = temporary is null ? cause : "recreate: " + cause,
            },
            _grounds);
        foreach ((string network, EndpointSpec endpoint) in spec.Networks.Where(pair => !made.Networks.ContainsKey(pair.Key)))
        {
            last = Add(
                new ConnectNetworkOperation(network, spec.Name, endpoint)
                {
                    Id = $"connect {finalName} {network}",
                    Resource = "container " + finalName,
                    Service = service.Name,
                    Cause = "also in " + network,
                    IsDetail = true,
                },
                [last]);
        }

        IReadOnlyList<ContainerFile> files = InlineFiles.Of(project, service);
        return files.Count == 0
            ? last
            : Add(
                new CopyFilesOperation(spec.Name, files)
                {
                    Id = "fill " + finalName,
                    Resource = "container " + finalName,
                    Service = service.Name,
                    Cause = "secrets and configs",
                    IsDetail = true,
                },
                [last]);
    }

    private void Start(ServiceDefinition service, string container, IReadOnlyList<string> before, string cause, bool detail, bool paused)
    {
        string started = Add(
            new StartContainerOperation(container, paused)
            {
                Id = "start " + container,
                Resource = "container " + container,
                Service = service.Name,
                Cause = cause,
                IsDetail = detail,
            },
            [.. before, .. Dependencies(service)]);
        foreach (HookDefinition hook in service.PostStart)
        {
            started = Add(
                new HookOperation(container, InlineFiles.Hook(hook))
                {
                    Id = $"hook {container} {_operations.Count}",
                    Resource = "container " + container,
                    Service = service.Name,
                    Cause = "post_start",
                    IsDetail = true,
                },
                [started]);
        }

        _started[service.Name].Add(started);
        if (!options.NoWait)
        {
            Wait(service, container, [started], "until it is ready", detail: true);
        }
    }

    private List<string> Dependencies(ServiceDefinition service)
    {
        List<string> before = [];
        foreach (DependencyDefinition dependency in service.DependsOn.Values.Where(entry => _containers.ContainsKey(entry.Service)))
        {
            before.AddRange(_started[dependency.Service]);
            if (dependency.Condition != DependencyCondition.ServiceStarted)
            {
                before.AddRange(_containers[dependency.Service].Select(container => WaitFor(dependency, container)));
            }
        }

        return before;
    }

    private string WaitFor(DependencyDefinition dependency, string container)
    {
        bool healthy = dependency.Condition == DependencyCondition.ServiceHealthy;
        string id = $"wait {container} {(healthy ? "healthy" : "completed")}{(dependency.Required ? "" : " optional")}";
        return _operations.Any(operation => operation.Id == id)
            ? id
            : Add(
                new WaitOperation(
                    container,
                    healthy ? WaitCondition.Healthy : WaitCondition.Completed,
                    dependency.Required,
                    options.ReadyLimit ?? DefaultLimit,
                    healthy && !options.NoProbe)
                {
                    Id = id,
                    Resource = "container " + container,
                    Service = dependency.Service,
                    Cause = healthy ? "until it is healthy" : "until it has ended",
                    IsDetail = true,
                },
                _started[dependency.Service]);
    }

    private void Wait(ServiceDefinition service, string container, IReadOnlyList<string> before, string cause, bool detail) => Add(
        new WaitOperation(container, WaitCondition.Ready, true, options.ReadyLimit ?? DefaultLimit, !options.NoProbe)
        {
            Id = $"wait {container} ready",
            Resource = "container " + container,
            Service = service.Name,
            Cause = cause,
            IsDetail = detail,
        },
        before);

    private string Remove(ObservedContainer container, string cause, IReadOnlyList<string> before, bool detail = false) =>
        ContainerEnds.Remove(_operations, container, cause, before, options.StopLimit, anonymousVolumes: false, detail);

    private void AddOrphans()
    {
        foreach (ObservedContainer orphan in observed.Containers.Where(container =>
            !project.Services.ContainsKey(container.Service) && !project.DisabledServices.ContainsKey(container.Service)))
        {
            if (options.RemoveOrphans)
            {
                Remove(orphan, "orphan: the project defines no such service", []);
            }
            else
            {
                _warnings.Add(new PlanWarning($"Container {orphan.Name} belongs to a service that the project does not define; -RemoveOrphans removes it.", orphan.Service));
            }
        }
    }

    private void Ground(Operation operation) => _grounds.Add(Add(operation, []));

    private string Add(Operation operation, IReadOnlyList<string> before)
    {
        _operations.Add(operation with { DependsOn = [.. before.Distinct(StringComparer.Ordinal)] });
        return operation.Id;
    }

    private static EngineException Missing(string kind, string name) => new(
        EngineErrorId.ExternalResourceMissing,
        $"The project expects the {kind} '{name}' to exist (external), but the engine has none.",
        $"Create it first: docker {kind} create {name}");
}
