using System.Text.Json.Serialization;

namespace ComposeLab.Engine.Docker;

/// <summary>
/// The definition of a swarm service, in the shape of the API: null means that a value is not sent. Whether an empty part is sent matters: a swarm replaces the tasks
/// of a service if any part of their definition appears or disappears.
/// </summary>
public sealed record SwarmServiceSpec
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The labels of the service.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>What its tasks run.</summary>
    public required SwarmTaskSpec TaskTemplate { get; init; }

    /// <summary>How many tasks there are.</summary>
    public SwarmMode? Mode { get; init; }

    /// <summary>How an update proceeds.</summary>
    public SwarmUpdatePolicy? UpdateConfig { get; init; }

    /// <summary>How a rollback proceeds.</summary>
    public SwarmUpdatePolicy? RollbackConfig { get; init; }

    /// <summary>How it is reached.</summary>
    public SwarmEndpoint? EndpointSpec { get; init; }
}

/// <summary>What the tasks of a service run, and where.</summary>
public sealed record SwarmTaskSpec
{
    /// <summary>The container.</summary>
    public SwarmContainerSpec? ContainerSpec { get; init; }

    /// <summary>Limits and reservations.</summary>
    public SwarmResources? Resources { get; init; }

    /// <summary>When a task is restarted.</summary>
    public SwarmRestartPolicy? RestartPolicy { get; init; }

    /// <summary>The nodes that can run it.</summary>
    public SwarmPlacement? Placement { get; init; }

    /// <summary>The networks.</summary>
    public IReadOnlyList<SwarmAttachment>? Networks { get; init; }

    /// <summary>Where logs go.</summary>
    public SwarmDriver? LogDriver { get; init; }

    /// <summary>A counter: a higher number replaces the tasks although nothing else changed.</summary>
    public ulong? ForceUpdate { get; init; }
}

/// <summary>The container of a task.</summary>
public sealed record SwarmContainerSpec
{
    /// <summary>The image, with its digest if it is known.</summary>
    public required string Image { get; init; }

    /// <summary>The labels of the container.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Replaces the entrypoint of the image.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Replaces the command of the image.</summary>
    public IReadOnlyList<string>? Args { get; init; }

    /// <summary>The host name.</summary>
    public string? Hostname { get; init; }

    /// <summary>The environment variables, as <c>NAME=value</c>.</summary>
    public IReadOnlyList<string>? Env { get; init; }

    /// <summary>The working directory.</summary>
    public string? Dir { get; init; }

    /// <summary>The user.</summary>
    public string? User { get; init; }

    /// <summary>Additional groups.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Privileges; sent even if it is empty, as docker does.</summary>
    public SwarmPrivileges? Privileges { get; init; }

    /// <summary>Whether an init process runs.</summary>
    public bool? Init { get; init; }

    /// <summary>The signal that stops it.</summary>
    public string? StopSignal { get; init; }

    /// <summary>Whether it has a terminal.</summary>
    [JsonPropertyName("TTY")]
    public bool? Tty { get; init; }

    /// <summary>Whether its standard input is kept open.</summary>
    public bool? OpenStdin { get; init; }

    /// <summary>Whether its root file system is read-only.</summary>
    public bool? ReadOnly { get; init; }

    /// <summary>The mounts.</summary>
    public IReadOnlyList<SwarmMount>? Mounts { get; init; }

    /// <summary>How long a stop may take, in nanoseconds.</summary>
    public long? StopGracePeriod { get; init; }

    /// <summary>The healthcheck; null for that of the image.</summary>
    public SwarmHealthcheck? Healthcheck { get; init; }

    /// <summary>Lines of the hosts file, as <c>address name</c>.</summary>
    public IReadOnlyList<string>? Hosts { get; init; }

    /// <summary>The DNS settings.</summary>
    [JsonPropertyName("DNSConfig")]
    public SwarmDns? Dns { get; init; }

    /// <summary>The secrets.</summary>
    public IReadOnlyList<SwarmSecretReference>? Secrets { get; init; }

    /// <summary>The configs.</summary>
    public IReadOnlyList<SwarmConfigReference>? Configs { get; init; }

    /// <summary>The isolation technology, on Windows.</summary>
    public string? Isolation { get; init; }

    /// <summary>Kernel parameters.</summary>
    public IReadOnlyDictionary<string, string>? Sysctls { get; init; }

    /// <summary>Capabilities to add.</summary>
    public IReadOnlyList<string>? CapabilityAdd { get; init; }

    /// <summary>Capabilities to drop.</summary>
    public IReadOnlyList<string>? CapabilityDrop { get; init; }

    /// <summary>Process limits.</summary>
    public IReadOnlyList<SwarmUlimit>? Ulimits { get; init; }

    /// <summary>The out-of-memory score adjustment.</summary>
    public long? OomScoreAdj { get; init; }
}

/// <summary>Privileges of a task. It is empty: Compose files cannot set them.</summary>
public sealed record SwarmPrivileges;

/// <summary>A mount of a task.</summary>
public sealed record SwarmMount
{
    /// <summary><c>volume</c>, <c>bind</c>, <c>tmpfs</c>, <c>npipe</c>, <c>cluster</c> or <c>image</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The volume, or the path on the node.</summary>
    public string? Source { get; init; }

    /// <summary>The path in the container.</summary>
    public string? Target { get; init; }

    /// <summary>Whether it is read-only.</summary>
    public bool? ReadOnly { get; init; }

    /// <summary>The consistency, on macOS.</summary>
    public string? Consistency { get; init; }

    /// <summary>Options of a bind mount.</summary>
    public SwarmBindOptions? BindOptions { get; init; }

    /// <summary>Options of a volume.</summary>
    public SwarmVolumeOptions? VolumeOptions { get; init; }

    /// <summary>Options of a tmpfs.</summary>
    public SwarmTmpfsOptions? TmpfsOptions { get; init; }
}

/// <summary>Options of a bind mount.</summary>
/// <param name="Propagation">The propagation.</param>
public sealed record SwarmBindOptions(string? Propagation);

/// <summary>Options of a volume that a task creates on its node if it does not exist.</summary>
public sealed record SwarmVolumeOptions
{
    /// <summary>Whether the files of the image are not copied into it.</summary>
    public bool? NoCopy { get; init; }

    /// <summary>The labels.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>The driver.</summary>
    public SwarmDriver? DriverConfig { get; init; }

    /// <summary>The path inside the volume.</summary>
    public string? Subpath { get; init; }
}

/// <summary>Options of a tmpfs.</summary>
/// <param name="SizeBytes">The size, in bytes.</param>
/// <param name="Mode">The permission bits.</param>
public sealed record SwarmTmpfsOptions(long? SizeBytes, long? Mode);

/// <summary>A driver with its options.</summary>
/// <param name="Name">The name; null for the default.</param>
/// <param name="Options">The options.</param>
public sealed record SwarmDriver(string? Name, IReadOnlyDictionary<string, string>? Options);

/// <summary>A healthcheck. Times are in nanoseconds.</summary>
public sealed record SwarmHealthcheck
{
    /// <summary>The command; null for that of the image.</summary>
    public IReadOnlyList<string>? Test { get; init; }

    /// <summary>The interval between checks.</summary>
    public long? Interval { get; init; }

    /// <summary>The timeout of one check.</summary>
    public long? Timeout { get; init; }

    /// <summary>The period after the start in which failures do not count.</summary>
    public long? StartPeriod { get; init; }

    /// <summary>The interval in the start period.</summary>
    public long? StartInterval { get; init; }

    /// <summary>The number of failures until it is unhealthy.</summary>
    public long? Retries { get; init; }
}

/// <summary>The DNS settings of a task.</summary>
public sealed record SwarmDns
{
    /// <summary>The servers.</summary>
    public IReadOnlyList<string>? Nameservers { get; init; }

    /// <summary>The search domains.</summary>
    public IReadOnlyList<string>? Search { get; init; }

    /// <summary>The options.</summary>
    public IReadOnlyList<string>? Options { get; init; }
}

/// <summary>The file of a secret or config in a container.</summary>
/// <param name="Name">The path; a secret without a folder is below <c>/run/secrets</c>.</param>
/// <param name="UserId">The owner.</param>
/// <param name="GroupId">The group.</param>
/// <param name="Mode">The permission bits.</param>
public sealed record SwarmFileTarget(
    string? Name, [property: JsonPropertyName("UID")] string? UserId, [property: JsonPropertyName("GID")] string? GroupId, long? Mode);

/// <summary>A secret of a task.</summary>
/// <param name="File">The file.</param>
/// <param name="Id">The secret's id; null in a plan if the secret does not exist yet.</param>
/// <param name="Name">The secret's name.</param>
public sealed record SwarmSecretReference(
    SwarmFileTarget? File, [property: JsonPropertyName("SecretID")] string? Id, [property: JsonPropertyName("SecretName")] string? Name);

/// <summary>A config of a task.</summary>
/// <param name="File">The file.</param>
/// <param name="Id">The config's id; null in a plan if the config does not exist yet.</param>
/// <param name="Name">The config's name.</param>
public sealed record SwarmConfigReference(
    SwarmFileTarget? File, [property: JsonPropertyName("ConfigID")] string? Id, [property: JsonPropertyName("ConfigName")] string? Name);

/// <summary>A process limit.</summary>
/// <param name="Name">The limit.</param>
/// <param name="Hard">The highest value.</param>
/// <param name="Soft">The value that applies.</param>
public sealed record SwarmUlimit(string Name, long Hard, long Soft);
