using System.Text.Json.Serialization;

namespace ComposeLab.Engine.Docker;

/// <summary>Limits and reservations of a task.</summary>
/// <param name="Limits">The most it can use.</param>
/// <param name="Reservations">What a node must have free.</param>
public sealed record SwarmResources(SwarmAmounts? Limits, SwarmAmounts? Reservations);

/// <summary>Amounts of resources.</summary>
public sealed record SwarmAmounts
{
    /// <summary>Billionths of a CPU.</summary>
    [JsonPropertyName("NanoCPUs")]
    public long? NanoCpus { get; init; }

    /// <summary>Memory, in bytes.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Processes.</summary>
    public long? Pids { get; init; }

    /// <summary>Resources that the administrator of a node defined.</summary>
    public IReadOnlyList<SwarmGenericResource>? GenericResources { get; init; }
}

/// <summary>A resource that the administrator of a node defined.</summary>
/// <param name="DiscreteResourceSpec">A countable resource.</param>
/// <param name="NamedResourceSpec">A named resource; only nodes have them.</param>
public sealed record SwarmGenericResource(SwarmDiscreteResource? DiscreteResourceSpec, SwarmNamedResource? NamedResourceSpec = null);

/// <summary>A countable resource.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="Value">The amount.</param>
public sealed record SwarmDiscreteResource(string? Kind, long? Value);

/// <summary>A named resource.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Value">Its name.</param>
public sealed record SwarmNamedResource(string? Kind, string? Value);

/// <summary>When a task is restarted. Times are in nanoseconds.</summary>
public sealed record SwarmRestartPolicy
{
    /// <summary><c>none</c>, <c>on-failure</c> or <c>any</c>.</summary>
    public string? Condition { get; init; }

    /// <summary>The time before a restart.</summary>
    public long? Delay { get; init; }

    /// <summary>The most restarts; 0 is no limit.</summary>
    public long? MaxAttempts { get; init; }

    /// <summary>The time in which restarts are counted.</summary>
    public long? Window { get; init; }
}

/// <summary>The nodes that can run a task.</summary>
public sealed record SwarmPlacement
{
    /// <summary>Conditions that a node must meet.</summary>
    public IReadOnlyList<string>? Constraints { get; init; }

    /// <summary>How tasks are distributed.</summary>
    public IReadOnlyList<SwarmPreference>? Preferences { get; init; }

    /// <summary>The most tasks on a node; 0 is no limit.</summary>
    public long? MaxReplicas { get; init; }

    /// <summary>The platforms of the image.</summary>
    public IReadOnlyList<SwarmPlatform>? Platforms { get; init; }
}

/// <summary>How tasks are distributed.</summary>
/// <param name="Spread">Over the values of a label.</param>
public sealed record SwarmPreference(SwarmSpread? Spread);

/// <summary>Distributes tasks over the values of a label.</summary>
/// <param name="SpreadDescriptor">The label, such as <c>node.labels.zone</c>.</param>
public sealed record SwarmSpread(string? SpreadDescriptor);

/// <summary>A platform.</summary>
/// <param name="Architecture">The architecture.</param>
/// <param name="Os">The operating system.</param>
public sealed record SwarmPlatform(string? Architecture, [property: JsonPropertyName("OS")] string? Os);

/// <summary>A network of a task.</summary>
public sealed record SwarmAttachment
{
    /// <summary>The network's name in a plan, its id in the engine.</summary>
    public required string Target { get; init; }

    /// <summary>The names under which the task is found there.</summary>
    public IReadOnlyList<string>? Aliases { get; init; }

    /// <summary>Options for the driver.</summary>
    public IReadOnlyDictionary<string, string>? DriverOpts { get; init; }
}

/// <summary>How many tasks a service has; exactly one part is set.</summary>
public sealed record SwarmMode
{
    /// <summary>A number of tasks.</summary>
    public SwarmReplicated? Replicated { get; init; }

    /// <summary>One task on each node.</summary>
    public SwarmEachNode? Global { get; init; }

    /// <summary>A number of tasks that end.</summary>
    public SwarmReplicatedJob? ReplicatedJob { get; init; }

    /// <summary>One task on each node, which ends.</summary>
    public SwarmEachNode? GlobalJob { get; init; }

    /// <summary>Whether its tasks end.</summary>
    [JsonIgnore]
    public bool IsJob => ReplicatedJob is not null || GlobalJob is not null;
}

/// <summary>A number of tasks.</summary>
/// <param name="Replicas">The number; null is 1.</param>
public sealed record SwarmReplicated(long? Replicas);

/// <summary>One task on each node.</summary>
public sealed record SwarmEachNode;

/// <summary>A number of tasks that end.</summary>
/// <param name="MaxConcurrent">The number at the same time; null is 1.</param>
/// <param name="TotalCompletions">The number that must complete; null is the same.</param>
public sealed record SwarmReplicatedJob(long? MaxConcurrent, long? TotalCompletions);

/// <summary>How an update or a rollback proceeds. Times are in nanoseconds.</summary>
public sealed record SwarmUpdatePolicy
{
    /// <summary>The number of tasks at the same time; 0 is all.</summary>
    public long? Parallelism { get; init; }

    /// <summary>The time between groups.</summary>
    public long? Delay { get; init; }

    /// <summary><c>pause</c>, <c>continue</c> or <c>rollback</c>.</summary>
    public string? FailureAction { get; init; }

    /// <summary>How long a new task is monitored.</summary>
    public long? Monitor { get; init; }

    /// <summary>The tolerated share of failed tasks.</summary>
    public double? MaxFailureRatio { get; init; }

    /// <summary><c>stop-first</c> or <c>start-first</c>.</summary>
    public string? Order { get; init; }
}

/// <summary>How a service is reached.</summary>
public sealed record SwarmEndpoint
{
    /// <summary><c>vip</c> or <c>dnsrr</c>.</summary>
    public string? Mode { get; init; }

    /// <summary>The published ports.</summary>
    public IReadOnlyList<SwarmPort>? Ports { get; init; }
}

/// <summary>A published port.</summary>
public sealed record SwarmPort
{
    /// <summary><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</summary>
    public string? Protocol { get; init; }

    /// <summary>The container's port.</summary>
    public long? TargetPort { get; init; }

    /// <summary>The published port; null lets the swarm choose.</summary>
    public long? PublishedPort { get; init; }

    /// <summary><c>ingress</c> or <c>host</c>.</summary>
    public string? PublishMode { get; init; }
}
