using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A published port (<c>ports</c>), always in long form.</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class PortDefinition(MappingNode node) : Definition(node)
{
    /// <summary>A descriptive name.</summary>
    public string? Name => Node.Text("name");

    /// <summary><c>ingress</c> or <c>host</c>.</summary>
    public string? Mode => Node.Text("mode");

    /// <summary>The host's address. Null means every address.</summary>
    public string? HostIp => Node.Text("host_ip");

    /// <summary>The container's port.</summary>
    public long? Target => Node.Integer("target");

    /// <summary>The host's port or port range. Null means that the engine chooses.</summary>
    public string? Published => Node.Text("published");

    /// <summary><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</summary>
    public string? Protocol => Node.Text("protocol");

    /// <summary>The application protocol, for information only.</summary>
    public string? AppProtocol => Node.Text("app_protocol");
}
