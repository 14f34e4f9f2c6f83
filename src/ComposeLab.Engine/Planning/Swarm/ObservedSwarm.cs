using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>The state of a swarm that is relevant to a stack, at one time.</summary>
public sealed record ObservedSwarm
{
    /// <summary>The services of the stack.</summary>
    public IReadOnlyList<SwarmService> Services { get; init; } = [];

    /// <summary>Every network that the manager knows: external ones carry no label of the stack.</summary>
    public IReadOnlyList<NetworkSummary> Networks { get; init; } = [];

    /// <summary>Every config.</summary>
    public IReadOnlyList<SwarmFile> Configs { get; init; } = [];

    /// <summary>Every secret.</summary>
    public IReadOnlyList<SwarmFile> Secrets { get; init; } = [];

    /// <summary>The nodes.</summary>
    public IReadOnlyList<SwarmNode> Nodes { get; init; } = [];

    /// <summary>The tasks with the current definition of their services; only read while a service is being updated.</summary>
    public IReadOnlyList<SwarmTask> Tasks { get; init; } = [];

    /// <summary>What registries say about images, by the name in the file; null for an image that none of them knows. Images that were not asked for are missing.</summary>
    public IReadOnlyDictionary<string, SwarmImage?> Images { get; init; } = new Dictionary<string, SwarmImage?>();

    /// <summary>The contents of the files that secrets and configs are read from, by path; files that cannot be read are missing.</summary>
    public IReadOnlyDictionary<string, byte[]> Contents { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>The names of the secrets whose content is known to differ from the file.</summary>
    public IReadOnlySet<string> DifferingSecrets { get; init; } = new HashSet<string>();

    /// <summary>Whether this engine has containers of a Compose stack with the same name.</summary>
    public bool HasComposeStack { get; init; }

    /// <summary>When it was observed.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Finds a service.</summary>
    /// <param name="name">Its name in the swarm.</param>
    /// <returns>The service; null if there is none.</returns>
    public SwarmService? Service(string name) => Services.FirstOrDefault(service => service.Spec.Name == name);

    /// <summary>Whether the swarm has anything of a stack.</summary>
    /// <param name="stack">The stack.</param>
    /// <returns>True if it has a service, network, config or secret of it.</returns>
    public bool Has(string stack) => Services.Count > 0 || Networks.Any(network => network.Scope == "swarm" && network.Labels.GetValueOrDefault(SwarmLabels.Namespace) == stack)
        || Configs.Concat(Secrets).Any(file => file.Label(SwarmLabels.Namespace) == stack);
}
