using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Tests.Support;

/// <summary>An engine in memory: it contains the results of plans, so that the next plan can be created from it.</summary>
internal sealed class SimulatedEngine
{
    private readonly List<ContainerSummary> _containers = [];
    private readonly List<NetworkSummary> _networks = [];
    private readonly List<VolumeSummary> _volumes = [];
    private readonly Dictionary<string, string> _images = new(StringComparer.Ordinal);
    private readonly Dictionary<ResourceId, string> _ids = [];
    private int _made;

    /// <summary>The API version plans are created for.</summary>
    public Version Api { get; init; } = new(1, 47);

    /// <summary>What plans are created from.</summary>
    public ObservedState State => new()
    {
        Containers = [.. _containers.Where(container => container.Labels.ContainsKey(StackLabels.Project) && !container.Labels.ContainsKey(StackLabels.Hook)).Select(summary => new ObservedContainer(summary))],
        InitContainers = [.. _containers.Where(container => container.Labels.ContainsKey(StackLabels.Hook)).Select(summary => new ObservedContainer(summary))],
        Networks = [.. _networks],
        Volumes = [.. _volumes],
        Images = new Dictionary<string, string>(_images, StringComparer.Ordinal),
    };

    /// <summary>The containers by name.</summary>
    public IEnumerable<string> Names => _containers.Select(container => container.Name).Order(StringComparer.Ordinal);

    /// <summary>The engine's abilities.</summary>
    public EngineInfo Info => new()
    {
        Version = "27.0",
        ApiVersion = Api,
        OperatingSystem = "linux",
        Architecture = "amd64",
        Endpoint = new EngineEndpoint(new Uri("unix:///paper.sock"), "paper"),
    };

    /// <summary>Adds an image.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="version">The input for its id.</param>
    public SimulatedEngine WithImage(string name, string version = "1")
    {
        _images[name] = $"sha256:{name}:{version}";
        return this;
    }

    /// <summary>Adds every image of a project.</summary>
    /// <param name="project">The project.</param>
    public SimulatedEngine WithImagesOf(ComposeProject project)
    {
        foreach (ServiceDefinition service in project.Services.Values)
        {
            foreach (string image in ServiceNames.Images(project, service))
            {
                _images.TryAdd(image, $"sha256:{image}:1");
            }
        }

        return this;
    }

    /// <summary>Adds a network that no project created.</summary>
    /// <param name="name">Its name.</param>
    public SimulatedEngine WithNetwork(string name)
    {
        _networks.Add(new NetworkSummary { Id = "id-" + name, Name = name, Driver = "bridge", Labels = new Dictionary<string, string>() });
        return this;
    }

    /// <summary>Adds a network of a swarm.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="stack">The swarm stack that it belongs to; null for none.</param>
    /// <param name="isAttachable">Whether containers can use it.</param>
    public SimulatedEngine WithSwarmNetwork(string name, string? stack, bool isAttachable)
    {
        Dictionary<string, string> labels = stack is null ? [] : new() { [SwarmLabels.Namespace] = stack };
        _networks.Add(new NetworkSummary { Id = "id-" + name, Name = name, Driver = "overlay", Scope = "swarm", IsAttachable = isAttachable, Labels = labels });
        return this;
    }

    /// <summary>Adds a volume that no project created.</summary>
    /// <param name="name">Its name.</param>
    public SimulatedEngine WithVolume(string name)
    {
        _volumes.Add(new VolumeSummary { Name = name, Driver = "local", Labels = new Dictionary<string, string>() });
        return this;
    }

    /// <summary>Leaves an init container behind, like a killed start.</summary>
    /// <param name="run">The step that ran it.</param>
    public SimulatedEngine WithLeftover(RunContainerOperation run)
    {
        _containers.Add(Created(run.Spec) with { State = ContainerState.Exited, ExitCode = 1 });
        return this;
    }

    /// <summary>Changes a container as something other than a plan would.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="change">The new state.</param>
    public void Change(string name, Func<ContainerSummary, ContainerSummary> change)
    {
        int index = IndexOf(name);
        _containers[index] = change(_containers[index]);
    }

    /// <summary>Plans a start.</summary>
    /// <param name="project">The project.</param>
    /// <param name="options">How it is started.</param>
    public StackPlan Plan(ComposeProject project, StartOptions? options = null) =>
        StackPlanner.PlanStart(project, State, options ?? new StartOptions(), Info);

    /// <summary>Starts a project: plans and carries out until nothing is left.</summary>
    /// <param name="project">The project.</param>
    /// <param name="options">How it is started.</param>
    public SimulatedEngine Start(ComposeProject project, StartOptions? options = null)
    {
        StackPlan? plan = Plan(project, options);
        while (plan is not null)
        {
            Carry(plan.Operations);
            plan = plan.Next is { } next ? Plan(next.Definition, next.Options) : null;
        }

        return this;
    }

    /// <summary>Carries steps out.</summary>
    /// <param name="operations">The steps, in order.</param>
    public void Carry(IEnumerable<Operation> operations)
    {
        HashSet<string> done = new(StringComparer.Ordinal);
        foreach (Operation operation in operations)
        {
            Assert.Subset(done, operation.DependsOn.ToHashSet(StringComparer.Ordinal));
            Carry(operation);
            Assert.True(done.Add(operation.Id), $"The plan contains two steps '{operation.Id}'.");
        }
    }

    private void Carry(Operation operation)
    {
        switch (operation)
        {
            case ImageOperation image:
                _images[image.Image] = $"sha256:{image.Image}:{++_made}";
                break;
            case CreateNetworkOperation network:
                _networks.Add(new NetworkSummary { Id = $"{network.Spec.Name}-{++_made}", Name = network.Spec.Name, Driver = "bridge", Labels = network.Spec.Labels });
                break;
            case RemoveNetworkOperation network:
                Assert.DoesNotContain(_containers, container => container.State == ContainerState.Running && container.Networks.Values.Any(place => place.NetworkId == network.NetworkId));
                _networks.RemoveAll(known => known.Id == network.NetworkId);
                break;
            case CreateVolumeOperation volume:
                _volumes.Add(new VolumeSummary { Name = volume.Spec.Name, Driver = "local", Labels = volume.Spec.Labels });
                break;
            case RemoveVolumeOperation volume:
                _volumes.RemoveAll(known => known.Name == volume.Volume);
                break;
            case CreateContainerOperation create:
                Assert.DoesNotContain(_containers, container => container.Name == create.Spec.Name);
                ContainerSummary made = Created(create.Slots?.Fill(create.Spec, _ids) ?? create.Spec);
                _containers.Add(made);
                _ids[create.Resource] = made.Id;
                break;
            case ConnectNetworkOperation connect:
                Change(connect.Container, container => container with { Networks = Joined(container.Networks, [connect.Network]) });
                break;
            case DisconnectNetworkOperation disconnect:
                Change(disconnect.Container, container => container with
                {
                    Networks = container.Networks.Where(place => place.Key != disconnect.Network && place.Value.NetworkId != disconnect.Network)
                        .ToDictionary(place => place.Key, place => place.Value, StringComparer.Ordinal),
                });
                break;
            case StartContainerOperation start:
                Assert.All(_containers[IndexOf(start.Container)].Networks.Values.Where(place => place.NetworkId.Length > 0), place => Assert.Contains(_networks, network => network.Id == place.NetworkId));
                Change(start.Container, container => container with { State = ContainerState.Running, Status = "Up 1 second", ExitCode = null });
                break;
            case RunContainerOperation run:
                Assert.True(_images.ContainsKey(run.Spec.Image), $"The image {run.Spec.Image} of an init container does not exist.");
                Assert.DoesNotContain(_containers, container => container.Name == run.Spec.Name);
                Assert.All(run.Spec.VolumesFrom, container => IndexOf(container));
                Assert.All(run.Gates, gate => Assert.NotEqual(ContainerState.Running, _containers[IndexOf(gate.Name)].State));
                break;
            case StopContainerOperation stop:
                Change(stop.Container, container => container with { State = ContainerState.Exited, Status = "Exited (0)", ExitCode = 0 });
                break;
            case RemoveContainerOperation remove:
                _containers.RemoveAt(IndexOf(remove.Container));
                break;
            case RenameContainerOperation rename:
                Assert.DoesNotContain(_containers, container => container.Name == rename.NewName);
                Change(rename.Container, container => container with { Name = rename.NewName });
                break;
        }
    }

    private ContainerSummary Created(ContainerSpec spec) => new()
    {
        Id = $"{++_made:x12}" + new string('0', 52),
        Name = spec.Name,
        Image = spec.Image,
        ImageId = _images.GetValueOrDefault(spec.Image, ""),
        Created = DateTimeOffset.UnixEpoch,
        State = ContainerState.Created,
        Health = HealthStatus.None,
        ExitCode = null,
        Status = "Created",
        Labels = spec.Labels,
        Ports = [],
        Networks = Joined(new Dictionary<string, ContainerNetwork>(), spec.Networks.Keys),
        Mounts = [.. spec.Binds.Select(bind => bind.Split(':')).Select(parts => Mounted(parts[0].StartsWith('/') ? "bind" : "volume", parts[0], parts[1])),
            .. spec.Mounts.Select(mount => Mounted(mount.Type, mount.Source, mount.Target))],
    };

    private Dictionary<string, ContainerNetwork> Joined(IReadOnlyDictionary<string, ContainerNetwork> networks, IEnumerable<string> names)
    {
        var joined = new Dictionary<string, ContainerNetwork>(networks, StringComparer.Ordinal);
        foreach (string name in names)
        {
            joined[name] = new ContainerNetwork { NetworkId = _networks.FirstOrDefault(network => network.Name == name)?.Id ?? "", IpAddress = "" };
        }

        return joined;
    }

    private static ContainerMount Mounted(string type, string source, string target) => new()
    {
        Type = type,
        Name = type == "volume" ? source : "",
        Source = source,
        Target = target,
        Writable = true,
    };

    private int IndexOf(string container)
    {
        int index = _containers.FindIndex(known => known.Name == container || known.Id == container);
        Assert.True(index >= 0, $"The plan names a container '{container}' that does not exist; there are: {string.Join(", ", Names)}.");
        return index;
    }
}
