using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Tests.Swarm;

/// <summary>A swarm in memory: it contains the results of plans, in the form in which a real one returns them, so that the next plan can be created from it.</summary>
internal sealed class SimulatedSwarm
{
    private readonly List<SwarmService> _services = [];
    private readonly List<NetworkSummary> _networks = [];
    private readonly List<SwarmFile> _configs = [];
    private readonly List<SwarmFile> _secrets = [];
    private readonly Dictionary<string, byte[]> _contents = new(StringComparer.Ordinal);
    private readonly Dictionary<ResourceId, string> _ids = [];
    private readonly HashSet<string> _differing = [];
    private int _made;

    /// <summary>The nodes; one if nothing else is set.</summary>
    public List<SwarmNode> Nodes { get; } = [Node("node1")];

    /// <summary>What registries answer; images that are missing are unknown.</summary>
    public Dictionary<string, SwarmImage?> Images { get; } = new(StringComparer.Ordinal);

    /// <summary>The services.</summary>
    public IReadOnlyList<SwarmService> Services => _services;

    /// <summary>The names of the configs and secrets.</summary>
    public IEnumerable<string> Files => _configs.Concat(_secrets).Select(file => file.Spec.Name).Order(StringComparer.Ordinal);

    /// <summary>What plans are created from.</summary>
    public ObservedSwarm State => new()
    {
        Services = [.. _services],
        Networks = [.. _networks],
        Configs = [.. _configs],
        Secrets = [.. _secrets.Select(secret => secret with { Spec = secret.Spec with { Data = null } })],
        Nodes = [.. Nodes],
        Contents = _contents,
        Images = Images,
        DifferingSecrets = _differing,
    };

    /// <summary>A ready node.</summary>
    public static SwarmNode Node(string name) => new()
    {
        Id = "id-" + name,
        Spec = new SwarmNodeSpec { Role = "worker", Availability = "active", Labels = new Dictionary<string, string>() },
        Description = new SwarmNodeDescription
        {
            Hostname = name,
            Platform = new SwarmPlatform("x86_64", "linux"),
            Resources = new SwarmAmounts { NanoCpus = 2_000_000_000, MemoryBytes = 1_000_000_000 },
        },
        Status = new SwarmNodeStatus("ready", Addr: "10.0.0.1"),
    };

    /// <summary>Sets the content of a file that secrets or configs are read from.</summary>
    public SimulatedSwarm With(ComposeProject project, string file, string content)
    {
        _contents[Path.Combine(project.WorkingDirectory, file)] = System.Text.Encoding.UTF8.GetBytes(content);
        return this;
    }

    /// <summary>Adds a network that no plan created.</summary>
    public SimulatedSwarm WithNetwork(string name, string scope, string? project = null)
    {
        Dictionary<string, string> labels = project is null ? [] : new() { [StackLabels.Project] = project };
        _networks.Add(new NetworkSummary { Id = "id-" + name, Name = name, Driver = scope == "swarm" ? "overlay" : "bridge", Scope = scope, Labels = labels });
        return this;
    }

    /// <summary>Plans a deployment.</summary>
    public StackPlan Plan(ComposeProject project, DeployOptions? options = null) => new DeployPlanner(project, State, options ?? new DeployOptions()).Make();

    /// <summary>Deploys a project; every task of it then runs.</summary>
    public SimulatedSwarm Deploy(ComposeProject project, DeployOptions? options = null)
    {
        StackPlan plan = Plan(project, options);
        Assert.Empty(plan.Findings);
        Carry(plan);
        return this;
    }

    /// <summary>Removes the labels that only this module writes, as docker does when it updates a stack.</summary>
    public void ForgetLabels()
    {
        foreach (List<SwarmFile> files in new[] { _configs, _secrets })
        {
            for (int index = 0; index < files.Count; index++)
            {
                files[index] = files[index] with
                {
                    Spec = files[index].Spec with { Labels = files[index].Spec.Labels!.Where(label => !label.Key.StartsWith("io.composelab.", StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal) },
                };
            }
        }
    }

    /// <summary>Changes a service as something other than a plan would.</summary>
    public void Change(string name, Func<SwarmService, SwarmService> change)
    {
        int index = _services.FindIndex(service => service.Spec.Name == name);
        _services[index] = change(_services[index]);
    }

    /// <summary>Carries a plan out, step by step.</summary>
    public void Carry(StackPlan plan)
    {
        HashSet<string> done = new(StringComparer.Ordinal);
        string deployment = $"{++_made:D6}";
        foreach (Operation operation in plan.Operations)
        {
            Assert.Subset(done, operation.DependsOn.ToHashSet(StringComparer.Ordinal));
            Carry(operation, deployment);
            Assert.True(done.Add(operation.Id), $"The plan contains two steps '{operation.Id}'.");
        }
    }

    private void Carry(Operation operation, string deployment)
    {
        switch (operation)
        {
            case CreateNetworkOperation network:
                _networks.Add(new NetworkSummary { Id = $"net{++_made}", Name = network.Spec.Name, Driver = network.Spec.Driver, Scope = "swarm", Labels = network.Spec.Labels });
                break;
            case RemoveOverlayOperation network:
                _networks.RemoveAll(known => known.Id == network.NetworkId);
                break;
            case CreateSwarmFileOperation file:
                Assert.DoesNotContain(file.Spec.Name, Files);
                (file.Resource.Kind == ResourceKind.Secret ? _secrets : _configs).Add(new SwarmFile { Id = $"file{++_made}", Spec = file.Spec, CreatedAt = DateTimeOffset.UnixEpoch.AddSeconds(_made) });
                _ids[file.Resource] = $"file{_made}";
                break;
            case UpdateSecretOperation update:
                int known = _secrets.FindIndex(secret => secret.Id == update.SecretId);
                Assert.Equal(_secrets[known].Spec.Data, update.Spec.Data);
                _secrets[known] = _secrets[known] with { Spec = update.Spec };
                break;
            case RemoveSwarmFileOperation file:
                _configs.RemoveAll(existing => existing.Id == file.FileId);
                _secrets.RemoveAll(existing => existing.Id == file.FileId);
                break;
            case CreateServiceOperation create:
                _services.Add(new SwarmService { Id = $"service{++_made}", Version = new SwarmVersion((ulong)_made), Spec = Returned(create.Spec, deployment), ServiceStatus = Full(create.Spec) });
                break;
            case UpdateServiceOperation update:
                int index = _services.FindIndex(service => service.Id == update.ServiceId);
                Assert.Equal(_services[index].Version.Index, update.Version);
                _services[index] = _services[index] with
                {
                    Version = new SwarmVersion((ulong)++_made),
                    PreviousSpec = _services[index].Spec,
                    Spec = Returned(update.Spec, update.IsDeployment ? deployment : null),
                    ServiceStatus = Full(update.Spec),
                };
                break;
            case RollbackServiceOperation rollback:
                Change(rollback.Resource.Name, service => service with { Spec = service.PreviousSpec!, PreviousSpec = service.Spec });
                break;
            case RemoveServiceOperation remove:
                _services.RemoveAll(service => service.Id == remove.ServiceId);
                break;
        }
    }

    private static SwarmServiceStatus Full(SwarmServiceSpec spec) => spec.Mode!.ReplicatedJob is { } job
        ? new SwarmServiceStatus(0, 0, job.TotalCompletions ?? 1)
        : new SwarmServiceStatus(spec.Mode.Replicated?.Replicas ?? 1, spec.Mode.Replicated?.Replicas ?? 1, 0);

    // A swarm resolves names, fills in defaults and leaves out what is zero.
    private SwarmServiceSpec Returned(SwarmServiceSpec spec, string? deployment)
    {
        SwarmContainerSpec container = spec.TaskTemplate.ContainerSpec!;
        var labels = new Dictionary<string, string>(spec.Labels!, StringComparer.Ordinal);
        if (deployment is not null)
        {
            labels[SwarmLabels.Deployment] = deployment;
        }

        return spec with
        {
            Labels = labels,
            Mode = spec.Mode!.Replicated is { } replicated ? new SwarmMode { Replicated = new SwarmReplicated(replicated.Replicas ?? 1) } : spec.Mode,
            UpdateConfig = Returned(spec.UpdateConfig),
            RollbackConfig = Returned(spec.RollbackConfig),
            EndpointSpec = spec.EndpointSpec! with
            {
                Mode = spec.EndpointSpec.Mode ?? "vip",
                Ports = spec.EndpointSpec.Ports is { } ports ? [.. ports.Select(port => port with { Protocol = port.Protocol ?? "tcp", PublishMode = port.PublishMode ?? "ingress" })] : null,
            },
            TaskTemplate = spec.TaskTemplate with
            {
                ForceUpdate = spec.TaskTemplate.ForceUpdate ?? 0,
                Networks = [.. spec.TaskTemplate.Networks!.Select(network => network with { Target = _networks.First(known => known.Name == network.Target || known.Id == network.Target).Id })],
                ContainerSpec = container with
                {
                    Isolation = container.Isolation ?? "default",
                    Dns = container.Dns ?? new SwarmDns(),
                    Secrets = container.Secrets is { } secrets ? [.. secrets.Select(use => use with { Id = use.Id ?? _ids[ResourceId.Secret(use.Name!)] })] : null,
                    Configs = container.Configs is { } configs ? [.. configs.Select(use => use with { Id = use.Id ?? _ids[ResourceId.Config(use.Name!)] })] : null,
                },
            },
        };
    }

    private static SwarmUpdatePolicy? Returned(SwarmUpdatePolicy? policy) => policy is null
        ? null
        : policy with { FailureAction = policy.FailureAction ?? "pause", Order = policy.Order ?? "stop-first", MaxFailureRatio = policy.MaxFailureRatio ?? 0 };
}
