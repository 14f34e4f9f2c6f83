using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

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
