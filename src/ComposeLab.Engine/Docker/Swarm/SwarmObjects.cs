using System.Text.Json.Serialization;

namespace ComposeLab.Engine.Docker;

/// <summary>The version of an object of a swarm; an update names the version that it changes.</summary>
/// <param name="Index">The number.</param>
public sealed record SwarmVersion(ulong Index);

// An answer leaves out what is empty, and the generated reader then sets null instead of the initial value of a property: see CompleteJson.

/// <summary>A service of a swarm.</summary>
public sealed record SwarmService
{
    /// <summary>The id.</summary>
    [JsonPropertyName("ID")]
    public required string Id { get; init; }

    /// <summary>The version.</summary>
    public SwarmVersion Version { get; init => field = value ?? new(0); } = new(0);

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its definition was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The definition.</summary>
    public required SwarmServiceSpec Spec { get; init; }

    /// <summary>The definition before the last update; null if there was none.</summary>
    public SwarmServiceSpec? PreviousSpec { get; init; }

    /// <summary>The last update; null if there was none.</summary>
    public SwarmUpdateStatus? UpdateStatus { get; init; }

    /// <summary>How many tasks there are; null if it was not asked for.</summary>
    public SwarmServiceStatus? ServiceStatus { get; init; }

    /// <summary>For a job: its last run.</summary>
    public SwarmJobStatus? JobStatus { get; init; }

    /// <summary>Reads a label.</summary>
    /// <param name="name">The label.</param>
    /// <returns>The value; empty if there is none.</returns>
    public string Label(string name) => Spec.Labels?.GetValueOrDefault(name) ?? "";
}

/// <summary>The last update of a service.</summary>
public sealed record SwarmUpdateStatus
{
    /// <summary>The state in the swarm's words: <c>updating</c>, <c>paused</c>, <c>completed</c>, <c>rollback_started</c>, <c>rollback_paused</c>, <c>rollback_completed</c>.</summary>
    public string? State { get; init; }

    /// <summary>When it started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null if it has not.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>What the swarm says about it.</summary>
    public string? Message { get; init; }
}

/// <summary>How many tasks a service has.</summary>
/// <param name="RunningTasks">Running.</param>
/// <param name="DesiredTasks">Wanted; of a job, those that have not completed yet.</param>
/// <param name="CompletedTasks">Of a job: completed.</param>
public sealed record SwarmServiceStatus(long RunningTasks, long DesiredTasks, long CompletedTasks);

/// <summary>The last run of a job.</summary>
/// <param name="JobIteration">Its number.</param>
/// <param name="LastExecution">When it started.</param>
public sealed record SwarmJobStatus(SwarmVersion? JobIteration, DateTimeOffset? LastExecution);

/// <summary>A task: one instance of a service.</summary>
public sealed record SwarmTask
{
    /// <summary>The id.</summary>
    [JsonPropertyName("ID")]
    public required string Id { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What it runs.</summary>
    public required SwarmTaskSpec Spec { get; init; }

    /// <summary>The service.</summary>
    [JsonPropertyName("ServiceID")]
    public string ServiceId { get; init => field = value ?? ""; } = "";

    /// <summary>Its number among the tasks of the service; 0 if there is one on each node.</summary>
    public int Slot { get; init; }

    /// <summary>The node; empty if it has not been assigned.</summary>
    [JsonPropertyName("NodeID")]
    public string NodeId { get; init => field = value ?? ""; } = "";

    /// <summary>The state.</summary>
    public SwarmTaskStatus Status { get; init => field = value ?? new(); } = new();

    /// <summary>The state it should reach.</summary>
    public string DesiredState { get; init => field = value ?? ""; } = "";

    /// <summary>Whether it has ended.</summary>
    [JsonIgnore]
    public bool HasEnded => Status.State is "complete" or "shutdown" or "failed" or "rejected" or "orphaned" or "remove";

    /// <summary>Whether it ended because of an error.</summary>
    [JsonIgnore]
    public bool HasFailed => Status.State is "failed" or "rejected" or "orphaned";
}

/// <summary>The state of a task.</summary>
public sealed record SwarmTaskStatus
{
    /// <summary>When it was reached.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The state in the swarm's words, such as <c>preparing</c> or <c>running</c>.</summary>
    public string State { get; init => field = value ?? ""; } = "";

    /// <summary>A comment.</summary>
    public string? Message { get; init; }

    /// <summary>The error; null if there is none.</summary>
    public string? Err { get; init; }

    /// <summary>Its container; null if it was not created.</summary>
    public SwarmContainerStatus? ContainerStatus { get; init; }

    /// <summary>The ports that its node publishes for it alone; null if there are none.</summary>
    public SwarmPortStatus? PortStatus { get; init; }
}

/// <summary>The ports that a node publishes for a task.</summary>
/// <param name="Ports">The ports, with those that the node chose.</param>
public sealed record SwarmPortStatus(IReadOnlyList<SwarmPort>? Ports);

/// <summary>The container of a task.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ExitCode">The exit code; 0 while it runs.</param>
public sealed record SwarmContainerStatus([property: JsonPropertyName("ContainerID")] string? Id, int? ExitCode);

/// <summary>A node of a swarm.</summary>
public sealed record SwarmNode
{
    /// <summary>The id.</summary>
    [JsonPropertyName("ID")]
    public required string Id { get; init; }

    /// <summary>The version.</summary>
    public SwarmVersion Version { get; init => field = value ?? new(0); } = new(0);

    /// <summary>What the administrator set.</summary>
    public SwarmNodeSpec Spec { get; init => field = value ?? new(); } = new();

    /// <summary>What it is.</summary>
    public SwarmNodeDescription Description { get; init => field = value ?? new(); } = new();

    /// <summary>The state.</summary>
    public SwarmNodeStatus Status { get; init => field = value ?? new(); } = new();

    /// <summary>For a manager: its part in the control of the swarm.</summary>
    public SwarmManagerStatus? ManagerStatus { get; init; }

    /// <summary>The name of its machine.</summary>
    [JsonIgnore]
    public string Name => Description.Hostname is { Length: > 0 } name ? name : Id;
}

/// <summary>What the administrator of a node set.</summary>
public sealed record SwarmNodeSpec
{
    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The labels.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary><c>worker</c> or <c>manager</c>.</summary>
    public string? Role { get; init; }

    /// <summary><c>active</c>, <c>pause</c> or <c>drain</c>.</summary>
    public string? Availability { get; init; }
}

/// <summary>What a node is.</summary>
public sealed record SwarmNodeDescription
{
    /// <summary>The name of its machine.</summary>
    public string? Hostname { get; init; }

    /// <summary>Its platform.</summary>
    public SwarmPlatform? Platform { get; init; }

    /// <summary>Its resources.</summary>
    public SwarmAmounts? Resources { get; init; }

    /// <summary>Its engine.</summary>
    public SwarmNodeEngine? Engine { get; init; }
}

/// <summary>The engine of a node.</summary>
/// <param name="EngineVersion">The version.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Plugins">Its plugins.</param>
public sealed record SwarmNodeEngine(string? EngineVersion, IReadOnlyDictionary<string, string>? Labels, IReadOnlyList<SwarmPlugin>? Plugins);

/// <summary>A plugin of a node.</summary>
/// <param name="Type">What it is for, such as <c>Network</c>.</param>
/// <param name="Name">Its name.</param>
public sealed record SwarmPlugin(string? Type, string? Name);

/// <summary>The state of a node.</summary>
/// <param name="State"><c>ready</c>, <c>down</c>, <c>unknown</c> or <c>disconnected</c>.</param>
/// <param name="Message">Why; null if there is nothing to say.</param>
/// <param name="Addr">Its address.</param>
public sealed record SwarmNodeStatus(string State = "", string? Message = null, string? Addr = null)
{
    /// <summary><c>ready</c>, <c>down</c>, <c>unknown</c> or <c>disconnected</c>; empty if it is not known.</summary>
    public string State { get; init => field = value ?? ""; } = State ?? "";
}

/// <summary>The part of a manager in the control of the swarm.</summary>
/// <param name="Leader">Whether it leads.</param>
/// <param name="Reachability"><c>reachable</c>, <c>unreachable</c> or <c>unknown</c>.</param>
/// <param name="Addr">Its address.</param>
public sealed record SwarmManagerStatus(bool Leader = false, string? Reachability = null, string? Addr = null);

/// <summary>A config or a secret of a swarm.</summary>
public sealed record SwarmFile
{
    /// <summary>The id.</summary>
    [JsonPropertyName("ID")]
    public required string Id { get; init; }

    /// <summary>The version.</summary>
    public SwarmVersion Version { get; init => field = value ?? new(0); } = new(0);

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The definition. The content of a secret is not returned.</summary>
    public required SwarmFileSpec Spec { get; init; }

    /// <summary>Reads a label.</summary>
    /// <param name="name">The label.</param>
    /// <returns>The value; empty if there is none.</returns>
    public string Label(string name) => Spec.Labels?.GetValueOrDefault(name) ?? "";
}

/// <summary>The definition of a config or secret.</summary>
public sealed record SwarmFileSpec
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The labels.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>The content. Never printed.</summary>
    public byte[]? Data { get; init; }

    /// <summary>The driver that provides a secret's content; null if it is in <see cref="Data"/>.</summary>
    public SwarmDriver? Driver { get; init; }

    /// <summary>The driver that fills in a template; null for plain content.</summary>
    public SwarmDriver? Templating { get; init; }

    /// <summary>The name, without the content.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}

/// <summary>The digest of an image in a registry, with the platforms it runs on.</summary>
/// <param name="Digest">The digest, including <c>sha256:</c>.</param>
/// <param name="Platforms">The platforms.</param>
public sealed record SwarmImage(string Digest, IReadOnlyList<SwarmPlatform> Platforms);
