using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A network of the project (<c>networks</c>).</summary>
/// <param name="name">Its key in the project.</param>
/// <param name="node">Its part of the canonical model.</param>
public sealed class NetworkDefinition(string name, MappingNode node) : Definition(node)
{
    /// <summary>Its key in the project.</summary>
    public string Key { get; } = name;

    /// <summary>Its name on the engine.</summary>
    public string? Name => Node.Text("name");

    /// <summary>The driver. Null means the engine's default.</summary>
    public string? Driver => Node.Text("driver");

    /// <summary>Options for the driver.</summary>
    public IReadOnlyDictionary<string, string> DriverOpts => field ??= Node.TextMap("driver_opts");

    /// <summary>Address management.</summary>
    public IpamDefinition? Ipam => field ??= Node.Child("ipam", node => new IpamDefinition(node));

    /// <summary>Whether it is external: it must already exist and is never removed.</summary>
    public bool External => Node.Flag("external") ?? false;

    /// <summary>Whether it is isolated from external networks.</summary>
    public bool Internal => Node.Flag("internal") ?? false;

    /// <summary>Whether other containers can attach to it.</summary>
    public bool Attachable => Node.Flag("attachable") ?? false;

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels => field ??= Node.TextMap("labels");

    /// <summary>Whether IPv4 is enabled. Null means the engine's default.</summary>
    public bool? EnableIpv4 => Node.Flag("enable_ipv4");

    /// <summary>Whether IPv6 is enabled. Null means the engine's default.</summary>
    public bool? EnableIpv6 => Node.Flag("enable_ipv6");
}

/// <summary>Address management of a network (<c>ipam</c>).</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class IpamDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The driver. Null means the engine's default.</summary>
    public string? Driver => Node.Text("driver");

    /// <summary>Address pools.</summary>
    public IReadOnlyList<IpamPoolDefinition> Config => field ??= Node.Children("config", node => new IpamPoolDefinition(node));

    /// <summary>Options for the driver.</summary>
    public IReadOnlyDictionary<string, string> Options => field ??= Node.TextMap("options");
}

/// <summary>An address pool.</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class IpamPoolDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The subnet, in CIDR notation.</summary>
    public string? Subnet => Node.Text("subnet");

    /// <summary>The gateway's address.</summary>
    public string? Gateway => Node.Text("gateway");

    /// <summary>The range in the subnet from which containers get addresses.</summary>
    public string? IpRange => Node.Text("ip_range");

    /// <summary>Addresses that other hosts already use, by host name.</summary>
    public IReadOnlyDictionary<string, string> AuxAddresses => field ??= Node.TextMap("aux_addresses");
}

/// <summary>A service's connection to a network (<c>networks</c> of a service).</summary>
/// <param name="name">The network's key in the project.</param>
/// <param name="node">Its part of the canonical model.</param>
public sealed class ServiceNetworkDefinition(string name, MappingNode node) : Definition(node)
{
    /// <summary>The network's key in the project.</summary>
    public string Name { get; } = name;

    /// <summary>Additional names of the service on the network.</summary>
    public IReadOnlyList<string> Aliases => field ??= Node.Texts("aliases") ?? [];

    /// <summary>Options for the driver.</summary>
    public IReadOnlyDictionary<string, string> DriverOpts => field ??= Node.TextMap("driver_opts");

    /// <summary>Gateway priority: the network with the highest value provides the default gateway.</summary>
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

    /// <summary>Connection priority: the network with the highest value is connected first.</summary>
    public long? Priority => Node.Integer("priority");
}
