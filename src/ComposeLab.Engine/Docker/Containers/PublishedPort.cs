namespace ComposeLab.Engine.Docker;

/// <summary>A port of a container, and where the host answers for it.</summary>
/// <param name="HostIp">The host's address; null when the port is not published.</param>
/// <param name="HostPort">The host's port; null when the port is not published.</param>
/// <param name="ContainerPort">The port inside the container.</param>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</param>
public sealed record PublishedPort(string? HostIp, int? HostPort, int ContainerPort, string Protocol)
{
    /// <summary>The port as <c>docker ps</c> writes it.</summary>
    /// <returns><c>0.0.0.0:8080->8000/tcp</c> or <c>8000/tcp</c>.</returns>
    public override string ToString() =>
        HostPort is null ? $"{ContainerPort}/{Protocol}" : $"{HostIp}:{HostPort}->{ContainerPort}/{Protocol}";
}
