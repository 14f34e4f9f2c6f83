namespace ComposeLab;

/// <summary>One container of a service, as the engine sees it at the moment of asking.</summary>
public sealed class LabService
{
    /// <summary>The project that the container belongs to.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service's name.</summary>
    public required string Service { get; init; }

    /// <summary>The number among the service's containers, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <summary>Whether it runs a one-off command, as docker compose run creates it, instead of the service itself.</summary>
    public bool IsOneOff { get; init; }

    /// <summary>The container's id, 64 hexadecimal digits.</summary>
    public required string ContainerId { get; init; }

    /// <summary>The image's name.</summary>
    public required string Image { get; init; }

    /// <summary>What the container does.</summary>
    public required LabServiceState State { get; init; }

    /// <summary>What the health check says.</summary>
    public required LabHealth Health { get; init; }

    /// <summary>Who saw the container healthy first, the engine or the module's own probe; null when it was not waited for.</summary>
    public string? HealthSeenBy { get; init; }

    /// <summary>The exit code; null while the container runs.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The ports, published or not.</summary>
    public required IReadOnlyList<LabPort> Ports { get; init => field = Indexable.Of(value); }

    /// <summary>When the container was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The engine's own words about state and age.</summary>
    public required string Status { get; init; }

    /// <summary>The project directory that the container was started from; empty if unknown.</summary>
    public string ProjectDirectory { get; init; } = "";

    /// <summary>The compose files that the container was started from, absolute, in merge order; empty if unknown.</summary>
    public IReadOnlyList<string> ConfigFiles { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Names the container, for messages.</summary>
    /// <returns>The container's name.</returns>
    public override string ToString() => Container;
}

/// <summary>What a container does, in the engine's words.</summary>
public enum LabServiceState
{
    /// <summary>Made, never started.</summary>
    Created,

    /// <summary>Running.</summary>
    Running,

    /// <summary>Frozen.</summary>
    Paused,

    /// <summary>Ended, about to be started again by its restart policy.</summary>
    Restarting,

    /// <summary>Being removed.</summary>
    Removing,

    /// <summary>Ended.</summary>
    Exited,

    /// <summary>Could not be removed whole.</summary>
    Dead,
}

/// <summary>What a container's health check says.</summary>
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
    /// <summary>The address of this machine that it is published on; null when it is not published.</summary>
    public string? HostIp { get; init; }

    /// <summary>The port of this machine; null when it is not published.</summary>
    public int? HostPort { get; init; }

    /// <summary>The port inside the container.</summary>
    public required int ContainerPort { get; init; }

    /// <summary>tcp, udp or sctp.</summary>
    public required string Protocol { get; init; }

    /// <summary>Whether it can be reached from this machine's addresses.</summary>
    public bool IsPublished => HostPort is not null;

    /// <summary>Writes the port as docker does.</summary>
    /// <returns><c>127.0.0.1:5432->5432/tcp</c>, or <c>5432/tcp</c> when it is not published.</returns>
    public override string ToString() => HostPort is null ? $"{ContainerPort}/{Protocol}" : $"{HostIp}:{HostPort}->{ContainerPort}/{Protocol}";
}
