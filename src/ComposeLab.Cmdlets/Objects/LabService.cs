namespace ComposeLab;

/// <summary>One container of a service, with its state on the engine at the time of the query.</summary>
public sealed class LabService
{
    /// <summary>The project that the container belongs to.</summary>
    public required string ProjectName { get; init; }

    /// <summary>What runs it: one engine.</summary>
    public LabOrchestrator Orchestrator => LabOrchestrator.Compose;

    /// <summary>The service's name.</summary>
    public required string Service { get; init; }

    /// <summary>The number of the service's container, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <summary>Whether it is a one-off container, as created by docker compose run, instead of the service itself.</summary>
    public bool IsOneOff { get; init; }

    /// <summary>The container's id, 64 hexadecimal digits.</summary>
    public required string ContainerId { get; init; }

    /// <summary>The image's name, with its tag or digest.</summary>
    public required string Image { get; init; }

    /// <summary>The tag in the image's name; empty if it has a digest only. <c>latest</c> if it has neither.</summary>
    public string ImageTag { get; init; } = "";

    /// <summary>The id of the image it was created from: <c>sha256:</c> and 64 hexadecimal digits.</summary>
    public string ImageId { get; init; } = "";

    /// <summary>The state of the container.</summary>
    public required LabServiceState State { get; init; }

    /// <summary>The state of the health check.</summary>
    public required LabHealth Health { get; init; }

    /// <summary>What detected that the container is healthy: <c>engine</c>, or <c>probe</c> (this module's own probe) until the engine's first verdict; null if it is not healthy.</summary>
    public string? HealthSeenBy { get; init; }

    /// <summary>The exit code; null while the container is running.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The number of restarts by its restart policy since the last start by a user.</summary>
    public int RestartCount { get; init; }

    /// <summary>The ports, published or not.</summary>
    public required IReadOnlyList<LabPort> Ports { get; init => field = Indexable.Of(value); }

    /// <summary>The names of its networks, in ordinal order.</summary>
    public IReadOnlyList<string> Networks { get; init => field = Indexable.Of(value); } = Indexable.Of<string>([]);

    /// <summary>The volumes, folders and files that are mounted into it.</summary>
    public IReadOnlyList<LabMount> Mounts { get; init => field = Indexable.Of(value); } = Indexable.Of<LabMount>([]);

    /// <summary>When the container was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last started; null if never.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The time since its start when it was queried; null if it is not running.</summary>
    public TimeSpan? Uptime { get; init; }

    /// <summary>The address of the engine, such as <c>unix:///var/run/docker.sock</c>.</summary>
    public string Engine { get; init; } = "";

    /// <summary>The engine's text about state and age.</summary>
    public required string Status { get; init; }

    /// <summary>The project directory that the container was started from; empty if unknown.</summary>
    public string ProjectDirectory { get; init; } = "";

    /// <summary>The compose files that the container was started from, absolute, in merge order; empty if unknown.</summary>
    public IReadOnlyList<string> ConfigFiles { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Names the container, for messages.</summary>
    /// <returns>The container's name.</returns>
    public override string ToString() => Container;
}

/// <summary>The state of a container, in the engine's terms.</summary>
public enum LabServiceState
{
    /// <summary>Created, never started.</summary>
    Created,

    /// <summary>Running.</summary>
    Running,

    /// <summary>Paused.</summary>
    Paused,

    /// <summary>Exited, about to be restarted by its restart policy.</summary>
    Restarting,

    /// <summary>Being removed.</summary>
    Removing,

    /// <summary>Exited.</summary>
    Exited,

    /// <summary>Could not be removed completely.</summary>
    Dead,
}

/// <summary>The state of a container's health check.</summary>
public enum LabHealth
{
    /// <summary>There is no health check.</summary>
    None,

    /// <summary>It has not passed yet, and failures do not count yet.</summary>
    Starting,

    /// <summary>It passes.</summary>
    Healthy,

    /// <summary>It failed too often.</summary>
    Unhealthy,
}

/// <summary>A port of a container.</summary>
public sealed class LabPort
{
    /// <summary>The host address that it is published on; null if it is not published.</summary>
    public string? HostIp { get; init; }

    /// <summary>The host port; null if it is not published.</summary>
    public int? HostPort { get; init; }

    /// <summary>The port inside the container.</summary>
    public required int ContainerPort { get; init; }

    /// <summary>tcp, udp or sctp.</summary>
    public required string Protocol { get; init; }

    /// <summary>Whether it can be reached from the host.</summary>
    public bool IsPublished => HostPort is not null;

    /// <summary>Writes the port like docker.</summary>
    /// <returns><c>127.0.0.1:5432->5432/tcp</c>, or <c>5432/tcp</c> if it is not published.</returns>
    public override string ToString() => HostPort is null ? $"{ContainerPort}/{Protocol}" : $"{HostIp}:{HostPort}->{ContainerPort}/{Protocol}";
}

/// <summary>A volume, folder or file that is mounted into a container.</summary>
public sealed class LabMount
{
    /// <summary><c>bind</c>, <c>volume</c> or <c>tmpfs</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The name of the volume, or the path on the host; empty for others.</summary>
    public required string Source { get; init; }

    /// <summary>The path inside the container.</summary>
    public required string Target { get; init; }

    /// <summary>Whether it is read-only.</summary>
    public required bool ReadOnly { get; init; }

    /// <summary>Writes the mount like the short syntax of a Compose file.</summary>
    /// <returns><c>source:target</c>, with <c>:ro</c> if it is read-only.</returns>
    public override string ToString() => $"{(Source.Length == 0 ? Type : Source)}:{Target}{(ReadOnly ? ":ro" : "")}";
}
