namespace ComposeLab.Engine.Docker;

/// <summary>A port of the host that leads into a container.</summary>
/// <param name="ContainerPort">The port inside, 1 to 65535.</param>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</param>
/// <param name="HostIp">The host's address; empty is every address.</param>
/// <param name="HostPort">The host's port, a range <c>9000-9010</c> to choose from, or empty for any free one.</param>
public sealed record PortBindingSpec(int ContainerPort, string Protocol, string HostIp, string HostPort);
