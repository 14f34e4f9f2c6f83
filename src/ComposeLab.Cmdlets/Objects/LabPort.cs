namespace ComposeLab;

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
