namespace ComposeLab.Engine.Docker;

/// <summary>The settings of a network.</summary>
public sealed record NetworkSpec
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The driver; empty for the engine's default.</summary>
    public string Driver { get; init; } = "";

    /// <summary>The driver's options.</summary>
    public IReadOnlyDictionary<string, string> DriverOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>The labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether it is isolated from outside.</summary>
    public bool Internal { get; init; }

    /// <summary>Whether containers outside a swarm service may join.</summary>
    public bool Attachable { get; init; }

    /// <summary>Whether it has IPv4; null for the engine's default.</summary>
    public bool? EnableIPv4 { get; init; }

    /// <summary>Whether it has IPv6; null for the engine's default.</summary>
    public bool? EnableIPv6 { get; init; }

    /// <summary>The IPAM driver; empty for the default one.</summary>
    public string IpamDriver { get; init; } = "";

    /// <summary>Options of that driver.</summary>
    public IReadOnlyDictionary<string, string> IpamOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>The address pools; empty to let the engine choose.</summary>
    public IReadOnlyList<AddressPoolSpec> Pools { get; init; } = [];
}

/// <summary>A range of addresses of a network.</summary>
public sealed record AddressPoolSpec
{
    /// <summary>The subnet, as <c>172.28.0.0/16</c>; null to let the engine choose.</summary>
    public string? Subnet { get; init; }

    /// <summary>The part of the subnet for container addresses.</summary>
    public string? IpRange { get; init; }

    /// <summary>The gateway's address.</summary>
    public string? Gateway { get; init; }

    /// <summary>Reserved addresses of the driver, by host name.</summary>
    public IReadOnlyDictionary<string, string> AuxiliaryAddresses { get; init; } = new Dictionary<string, string>();
}

/// <summary>A network on the engine.</summary>
public sealed record NetworkSummary
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The name. The engine allows several networks with the same name.</summary>
    public required string Name { get; init; }

    /// <summary>The driver, such as <c>bridge</c>.</summary>
    public required string Driver { get; init; }

    /// <summary>The labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Where it exists: <c>local</c> on one engine, <c>swarm</c> on every node.</summary>
    public string Scope { get; init; } = "";

    /// <summary>Whether containers that are not tasks can use it, if it is a network of a swarm.</summary>
    public bool IsAttachable { get; init; }
}
