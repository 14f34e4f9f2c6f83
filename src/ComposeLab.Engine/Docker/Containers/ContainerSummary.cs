namespace ComposeLab.Engine.Docker;

/// <summary>A container in a list: enough data for every view, from one call for all of them.</summary>
public sealed record ContainerSummary
{
    /// <summary>The id, 64 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>The name, without the leading slash.</summary>
    public required string Name { get; init; }

    /// <summary>The image name at creation.</summary>
    public required string Image { get; init; }

    /// <summary>The image's id.</summary>
    public required string ImageId { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Its state.</summary>
    public required ContainerState State { get; init; }

    /// <summary>The state of its healthcheck; None while it is not running.</summary>
    public required HealthStatus Health { get; init; }

    /// <summary>The exit code of an exited container; null for others.</summary>
    public required int? ExitCode { get; init; }

    /// <summary>State and age in the engine's words, such as <c>Up 3 minutes (healthy)</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>The ports, published or only exposed.</summary>
    public required IReadOnlyList<PortMapping> Ports { get; init; }

    /// <summary>The networks by name.</summary>
    public required IReadOnlyDictionary<string, ContainerNetwork> Networks { get; init; }

    /// <summary>The mounts.</summary>
    public required IReadOnlyList<ContainerMount> Mounts { get; init; }
}

/// <summary>The state of a container.</summary>
public enum ContainerState
{
    /// <summary>Created and never started.</summary>
    Created,

    /// <summary>Running.</summary>
    Running,

    /// <summary>Paused.</summary>
    Paused,

    /// <summary>Exited, and its restart policy is about to restart it.</summary>
    Restarting,

    /// <summary>It is being removed.</summary>
    Removing,

    /// <summary>Exited.</summary>
    Exited,

    /// <summary>It could not be removed and cannot be started.</summary>
    Dead,
}

/// <summary>The state of a container's healthcheck.</summary>
public enum HealthStatus
{
    /// <summary>There is no healthcheck.</summary>
    None,

    /// <summary>No run has passed yet, and failures do not count yet.</summary>
    Starting,

    /// <summary>The last run passed.</summary>
    Healthy,

    /// <summary>The allowed number of consecutive runs has failed.</summary>
    Unhealthy,
}

/// <summary>A port of a container, and its host address if it is published.</summary>
/// <param name="HostIp">The host's address; null if the port is not published.</param>
/// <param name="HostPort">The host's port; null if the port is not published.</param>
/// <param name="ContainerPort">The port inside the container.</param>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</param>
public sealed record PortMapping(string? HostIp, int? HostPort, int ContainerPort, string Protocol)
{
    /// <summary>The port in the form of <c>docker ps</c>.</summary>
    /// <returns><c>0.0.0.0:8080->8000/tcp</c> or <c>8000/tcp</c>.</returns>
    public override string ToString() =>
        HostPort is null ? $"{ContainerPort}/{Protocol}" : $"{HostIp}:{HostPort}->{ContainerPort}/{Protocol}";
}

/// <summary>Something mounted into an existing container.</summary>
public sealed record ContainerMount
{
    /// <summary><c>bind</c>, <c>volume</c> or <c>tmpfs</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The volume's name; empty for others.</summary>
    public required string Name { get; init; }

    /// <summary>The path on the host.</summary>
    public required string Source { get; init; }

    /// <summary>The path inside the container.</summary>
    public required string Target { get; init; }

    /// <summary>Whether the container may write.</summary>
    public required bool Writable { get; init; }
}

/// <summary>A container's endpoint in a network.</summary>
public sealed record ContainerNetwork
{
    /// <summary>The network's id; empty while the container has never run.</summary>
    public required string NetworkId { get; init; }

    /// <summary>The IPv4 address; empty while the container does not run.</summary>
    public required string IpAddress { get; init; }

    /// <summary>The aliases of the container there; not included in a list.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
}
