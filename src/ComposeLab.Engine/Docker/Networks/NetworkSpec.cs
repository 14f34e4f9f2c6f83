namespace ComposeLab.Engine.Docker;

/// <summary>What a network is made of.</summary>
public sealed record NetworkSpec
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The driver; empty is the engine's default.</summary>
    public string Driver { get; init; } = "";

    /// <summary>The driver's options.</summary>
    public IReadOnlyDictionary<string, string> DriverOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>The labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether it leads nowhere outside.</summary>
    public bool Internal { get; init; }

    /// <summary>Whether containers outside a swarm service may join.</summary>
    public bool Attachable { get; init; }

    /// <summary>Whether it has IPv4; null is the engine's default.</summary>
    public bool? EnableIPv4 { get; init; }

    /// <summary>Whether it has IPv6; null is the engine's default.</summary>
    public bool? EnableIPv6 { get; init; }

    /// <summary>The driver that gives addresses; empty is the default one.</summary>
    public string IpamDriver { get; init; } = "";

    /// <summary>Options of that driver.</summary>
    public IReadOnlyDictionary<string, string> IpamOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>The address pools; empty leaves the choice to the engine.</summary>
    public IReadOnlyList<AddressPoolSpec> Pools { get; init; } = [];
}

/// <summary>A range of addresses of a network.</summary>
public sealed record AddressPoolSpec
{
    /// <summary>The subnet, as <c>172.28.0.0/16</c>; null leaves it to the engine.</summary>
    public string? Subnet { get; init; }

    /// <summary>The part of the subnet that containers get addresses from.</summary>
    public string? IpRange { get; init; }

    /// <summary>The gateway's address.</summary>
    public string? Gateway { get; init; }

    /// <summary>Addresses the driver keeps for hosts, by host name.</summary>
    public IReadOnlyDictionary<string, string> AuxiliaryAddresses { get; init; } = new Dictionary<string, string>();
}

/// <summary>A network on the engine.</summary>
public sealed record NetworkSummary
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The name. The engine allows several networks of one name.</summary>
    public required string Name { get; init; }

    /// <summary>The driver, such as <c>bridge</c>.</summary>
    public required string Driver { get; init; }

    /// <summary>The labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
}
