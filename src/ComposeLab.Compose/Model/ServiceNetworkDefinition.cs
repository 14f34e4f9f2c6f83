using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>How a service takes part in a network (<c>networks</c> of a service).</summary>
/// <param name="name">The network's key in the project.</param>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class ServiceNetworkDefinition(string name, MappingNode node) : Definition(node)
{
    /// <summary>The network's key in the project.</summary>
    public string Name { get; } = name;

    /// <summary>Further names of the service on the network.</summary>
    public IReadOnlyList<string> Aliases => field ??= Node.Texts("aliases") ?? [];

    /// <summary>Options for the driver.</summary>
    public IReadOnlyDictionary<string, string> DriverOpts => field ??= Node.TextMap("driver_opts");

    /// <summary>Which network gives the default gateway: the highest.</summary>
    public long? GatewayPriority => Node.Integer("gw_priority");

    /// <summary>The name of the interface in the container.</summary>
    public string? InterfaceName => Node.Text("interface_name");

    /// <summary>A fixed IPv4 address.</summary>
    public string? Ipv4Address => Node.Text("ipv4_address");

    /// <summary>A fixed IPv6 address.</summary>
    public string? Ipv6Address => Node.Text("ipv6_address");

    /// <summary>Link-local addresses.</summary>
    public IReadOnlyList<string> LinkLocalIps => field ??= Node.Texts("link_local_ips") ?? [];

    /// <summary>A fixed MAC address.</summary>
    public string? MacAddress => Node.Text("mac_address");

    /// <summary>Which network is connected first: the highest.</summary>
    public long? Priority => Node.Integer("priority");
}
