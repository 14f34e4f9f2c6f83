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
