using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>The number of containers of a service, their placement, and their resources (<c>deploy</c>).</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class DeployDefinition(MappingNode node) : Definition(node)
{
    /// <summary><c>replicated</c>, <c>global</c>, or a job mode.</summary>
    public string? Mode => Node.Text("mode");

    /// <summary>The number of containers.</summary>
    public long? Replicas => Node.Integer("replicas");

    /// <summary>Labels of the service, not of its containers.</summary>
    public IReadOnlyDictionary<string, string> Labels => field ??= Node.TextMap("labels");

    /// <summary>Update settings.</summary>
    public UpdateDefinition? UpdateConfig => field ??= Node.Child("update_config", node => new UpdateDefinition(node));

    /// <summary>Rollback settings.</summary>
    public UpdateDefinition? RollbackConfig => field ??= Node.Child("rollback_config", node => new UpdateDefinition(node));

    /// <summary>Limits and reservations.</summary>
    public ResourcesDefinition? Resources => field ??= Node.Child("resources", node => new ResourcesDefinition(node));

    /// <summary>When to restart a container.</summary>
    public RestartPolicyDefinition? RestartPolicy => field ??= Node.Child("restart_policy", node => new RestartPolicyDefinition(node));

    /// <summary>The nodes that can run it.</summary>
    public PlacementDefinition? Placement => field ??= Node.Child("placement", node => new PlacementDefinition(node));

    /// <summary><c>vip</c> or <c>dnsrr</c>.</summary>
    public string? EndpointMode => Node.Text("endpoint_mode");
}

/// <summary>How containers are replaced (<c>update_config</c>, <c>rollback_config</c>).</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class UpdateDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The number of containers to replace at the same time. 0 means all.</summary>
    public long? Parallelism => Node.Integer("parallelism");

    /// <summary>The delay between groups.</summary>
    public TimeSpan? Delay => Node.Duration("delay");

    /// <summary><c>continue</c>, <c>rollback</c> or <c>pause</c>.</summary>
    public string? FailureAction => Node.Text("failure_action");

    /// <summary>How long to monitor a new container for failure.</summary>
    public TimeSpan? Monitor => Node.Duration("monitor");

    /// <summary>The tolerated failure ratio, from 0 to 1.</summary>
    public double? MaxFailureRatio => Node.Float("max_failure_ratio");

    /// <summary><c>stop-first</c> or <c>start-first</c>.</summary>
    public string? Order => Node.Text("order");
}

/// <summary>Limits and reservations (<c>deploy.resources</c>).</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class ResourcesDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The maximum a container can use.</summary>
    public ResourceDefinition? Limits => field ??= Node.Child("limits", node => new ResourceDefinition(node));

    /// <summary>The minimum that is guaranteed to a container.</summary>
    public ResourceDefinition? Reservations => field ??= Node.Child("reservations", node => new ResourceDefinition(node));
}

/// <summary>An amount of resources.</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class ResourceDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The number of CPUs, possibly fractional.</summary>
    public double? Cpus => Node.Float("cpus");

    /// <summary>Memory, in bytes.</summary>
    public long? Memory => Node.Bytes("memory");

    /// <summary>Processes.</summary>
    public long? Pids => Node.Integer("pids");

    /// <summary>Devices such as GPUs.</summary>
    public IReadOnlyList<DeviceRequestDefinition> Devices => field ??= Node.Children("devices", node => new DeviceRequestDefinition(node));

    /// <summary>Resources that the cluster's administrator defined.</summary>
    public IReadOnlyList<GenericResourceDefinition> GenericResources => field ??= Node.Children("generic_resources", node => new GenericResourceDefinition(node));
}

/// <summary>A resource that the cluster's administrator defined (<c>generic_resources</c>).</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class GenericResourceDefinition(MappingNode node) : Definition(node)
{
    /// <summary>A countable resource.</summary>
    public DiscreteResourceDefinition? DiscreteResourceSpec => field ??= Node.Child("discrete_resource_spec", node => new DiscreteResourceDefinition(node));
}

/// <summary>A countable resource.</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class DiscreteResourceDefinition(MappingNode node) : Definition(node)
{
    /// <summary>Its name.</summary>
    public string? Kind => Node.Text("kind");

    /// <summary>The amount.</summary>
    public long? Value => Node.Integer("value");
}

/// <summary>When to restart a container (<c>deploy.restart_policy</c>).</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class RestartPolicyDefinition(MappingNode node) : Definition(node)
{
    /// <summary><c>none</c>, <c>on-failure</c> or <c>any</c>.</summary>
    public string? Condition => Node.Text("condition");

    /// <summary>The time before a restart.</summary>
    public TimeSpan? Delay => Node.Duration("delay");

    /// <summary>The maximum number of restarts.</summary>
    public long? MaxAttempts => Node.Integer("max_attempts");

    /// <summary>How long to wait before a restart counts as successful.</summary>
    public TimeSpan? Window => Node.Duration("window");
}

/// <summary>The nodes that can run a service (<c>deploy.placement</c>).</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class PlacementDefinition(MappingNode node) : Definition(node)
{
    /// <summary>Conditions a node must meet.</summary>
    public IReadOnlyList<string> Constraints => field ??= Node.Texts("constraints") ?? [];

    /// <summary>How to distribute containers.</summary>
    public IReadOnlyList<PlacementPreferenceDefinition> Preferences => field ??= Node.Children("preferences", node => new PlacementPreferenceDefinition(node));

    /// <summary>The maximum number of containers on a node.</summary>
    public long? MaxReplicasPerNode => Node.Integer("max_replicas_per_node");
}

/// <summary>How to distribute containers over nodes.</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class PlacementPreferenceDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The node label to distribute by.</summary>
    public string? Spread => Node.Text("spread");
}
