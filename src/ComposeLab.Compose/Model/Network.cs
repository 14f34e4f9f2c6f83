using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A network of the project (<c>networks</c>).</summary>
/// <param name="name">Its key in the project.</param>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class NetworkDefinition(string name, MappingNode node) : Definition(node)
{
    /// <summary>Its key in the project.</summary>
    public string Key { get; } = name;

    /// <summary>Its name on the engine.</summary>
    public string? Name => Node.Text("name");

    /// <summary>The driver; null: the engine's default.</summary>
    public string? Driver => Node.Text("driver");

    /// <summary>Options for the driver.</summary>
    public IReadOnlyDictionary<string, string> DriverOpts => field ??= Node.TextMap("driver_opts");

    /// <summary>Address management.</summary>
    public IpamDefinition? Ipam => field ??= Node.Child("ipam", node => new IpamDefinition(node));

    /// <summary>Whether it is not ours: it must exist and is never removed.</summary>
    public bool External => Node.Flag("external") ?? false;

    /// <summary>Whether it has no way out.</summary>
    public bool Internal => Node.Flag("internal") ?? false;

    /// <summary>Whether containers of others may join.</summary>
    public bool Attachable => Node.Flag("attachable") ?? false;

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels => field ??= Node.TextMap("labels");

    /// <summary>Whether it has IPv4; null: the engine's default.</summary>
    public bool? EnableIpv4 => Node.Flag("enable_ipv4");

    /// <summary>Whether it has IPv6; null: the engine's default.</summary>
    public bool? EnableIpv6 => Node.Flag("enable_ipv6");
}

/// <summary>Address management of a network (<c>ipam</c>).</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class IpamDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The driver; null: the engine's default.</summary>
    public string? Driver => Node.Text("driver");

    /// <summary>Pools of addresses.</summary>
    public IReadOnlyList<IpamPoolDefinition> Config => field ??= Node.Children("config", node => new IpamPoolDefinition(node));

    /// <summary>Options for the driver.</summary>
    public IReadOnlyDictionary<string, string> Options => field ??= Node.TextMap("options");
}

/// <summary>A pool of addresses.</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class IpamPoolDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The subnet, in CIDR notation.</summary>
    public string? Subnet => Node.Text("subnet");

    /// <summary>The gateway's address.</summary>
    public string? Gateway => Node.Text("gateway");

    /// <summary>The part of the subnet that containers get.</summary>
    public string? IpRange => Node.Text("ip_range");

    /// <summary>Addresses in use by others, by host name.</summary>
    public IReadOnlyDictionary<string, string> AuxAddresses => field ??= Node.TextMap("aux_addresses");
}

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
