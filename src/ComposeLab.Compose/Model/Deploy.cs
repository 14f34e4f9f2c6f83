using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>How many containers of a service run, where, and with what resources (<c>deploy</c>).</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class DeployDefinition(MappingNode node) : Definition(node)
{
    /// <summary><c>replicated</c>, <c>global</c>, or a job mode.</summary>
    public string? Mode => Node.Text("mode");

    /// <summary>How many containers run.</summary>
    public long? Replicas => Node.Integer("replicas");

    /// <summary>Labels of the service, not of its containers.</summary>
    public IReadOnlyDictionary<string, string> Labels => field ??= Node.TextMap("labels");

    /// <summary>How an update proceeds.</summary>
    public UpdateDefinition? UpdateConfig => field ??= Node.Child("update_config", node => new UpdateDefinition(node));

    /// <summary>How a rollback proceeds.</summary>
    public UpdateDefinition? RollbackConfig => field ??= Node.Child("rollback_config", node => new UpdateDefinition(node));

    /// <summary>Limits and reservations.</summary>
    public ResourcesDefinition? Resources => field ??= Node.Child("resources", node => new ResourcesDefinition(node));

    /// <summary>When a container is started again.</summary>
    public RestartPolicyDefinition? RestartPolicy => field ??= Node.Child("restart_policy", node => new RestartPolicyDefinition(node));

    /// <summary>Which nodes may run it.</summary>
    public PlacementDefinition? Placement => field ??= Node.Child("placement", node => new PlacementDefinition(node));

    /// <summary><c>vip</c> or <c>dnsrr</c>.</summary>
    public string? EndpointMode => Node.Text("endpoint_mode");
}

/// <summary>How containers are replaced (<c>update_config</c>, <c>rollback_config</c>).</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class UpdateDefinition(MappingNode node) : Definition(node)
{
    /// <summary>How many containers at a time; 0: all.</summary>
    public long? Parallelism => Node.Integer("parallelism");

    /// <summary>The time between groups.</summary>
    public TimeSpan? Delay => Node.Duration("delay");

    /// <summary><c>continue</c>, <c>rollback</c> or <c>pause</c>.</summary>
    public string? FailureAction => Node.Text("failure_action");

    /// <summary>How long a new container is watched for failure.</summary>
    public TimeSpan? Monitor => Node.Duration("monitor");

    /// <summary>The share of failures that is tolerated, from 0 to 1.</summary>
    public double? MaxFailureRatio => Node.Float("max_failure_ratio");

    /// <summary><c>stop-first</c> or <c>start-first</c>.</summary>
    public string? Order => Node.Text("order");
}

/// <summary>Limits and reservations (<c>deploy.resources</c>).</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class ResourcesDefinition(MappingNode node) : Definition(node)
{
    /// <summary>What a container may use at most.</summary>
    public ResourceDefinition? Limits => field ??= Node.Child("limits", node => new ResourceDefinition(node));

    /// <summary>What a container is guaranteed.</summary>
    public ResourceDefinition? Reservations => field ??= Node.Child("reservations", node => new ResourceDefinition(node));
}

/// <summary>An amount of resources.</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class ResourceDefinition(MappingNode node) : Definition(node)
{
    /// <summary>Processors, in parts of one.</summary>
    public double? Cpus => Node.Float("cpus");

    /// <summary>Memory, in bytes.</summary>
    public long? Memory => Node.Bytes("memory");

    /// <summary>Processes.</summary>
    public long? Pids => Node.Integer("pids");

    /// <summary>Devices such as GPUs.</summary>
    public IReadOnlyList<DeviceRequestDefinition> Devices => field ??= Node.Children("devices", node => new DeviceRequestDefinition(node));

    /// <summary>Resources the cluster's admin defined.</summary>
    public IReadOnlyList<GenericResourceDefinition> GenericResources => field ??= Node.Children("generic_resources", node => new GenericResourceDefinition(node));
}

/// <summary>A resource the cluster's admin defined (<c>generic_resources</c>).</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class GenericResourceDefinition(MappingNode node) : Definition(node)
{
    /// <summary>A countable one.</summary>
    public DiscreteResourceDefinition? DiscreteResourceSpec => field ??= Node.Child("discrete_resource_spec", node => new DiscreteResourceDefinition(node));
}

/// <summary>A countable resource.</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class DiscreteResourceDefinition(MappingNode node) : Definition(node)
{
    /// <summary>What it is called.</summary>
    public string? Kind => Node.Text("kind");

    /// <summary>How many.</summary>
    public long? Value => Node.Integer("value");
}

/// <summary>When a container is started again (<c>deploy.restart_policy</c>).</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class RestartPolicyDefinition(MappingNode node) : Definition(node)
{
    /// <summary><c>none</c>, <c>on-failure</c> or <c>any</c>.</summary>
    public string? Condition => Node.Text("condition");

    /// <summary>The time before a restart.</summary>
    public TimeSpan? Delay => Node.Duration("delay");

    /// <summary>How often at most.</summary>
    public long? MaxAttempts => Node.Integer("max_attempts");

    /// <summary>How long a start is watched before it counts as a success.</summary>
    public TimeSpan? Window => Node.Duration("window");
}

/// <summary>Which nodes may run a service (<c>deploy.placement</c>).</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class PlacementDefinition(MappingNode node) : Definition(node)
{
    /// <summary>Conditions a node must fulfil.</summary>
    public IReadOnlyList<string> Constraints => field ??= Node.Texts("constraints") ?? [];

    /// <summary>How containers are spread.</summary>
    public IReadOnlyList<PlacementPreferenceDefinition> Preferences => field ??= Node.Children("preferences", node => new PlacementPreferenceDefinition(node));

    /// <summary>How many containers a node may run.</summary>
    public long? MaxReplicasPerNode => Node.Integer("max_replicas_per_node");
}

/// <summary>A way to spread containers over nodes.</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class PlacementPreferenceDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The node label over whose values they are spread.</summary>
    public string? Spread => Node.Text("spread");
}
