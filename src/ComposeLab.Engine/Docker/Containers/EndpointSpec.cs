namespace ComposeLab.Engine.Docker;

/// <summary>How a container takes its place in a network.</summary>
public sealed record EndpointSpec
{
    /// <summary>The names under which others find it.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Old-style links, as <c>container:alias</c>.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>A fixed IPv4 address, or null.</summary>
    public string? IPv4Address { get; init; }

    /// <summary>A fixed IPv6 address, or null.</summary>
    public string? IPv6Address { get; init; }

    /// <summary>Link-local addresses.</summary>
    public IReadOnlyList<string> LinkLocalAddresses { get; init; } = [];

    /// <summary>A fixed MAC address, or null.</summary>
    public string? MacAddress { get; init; }

    /// <summary>Options of the network's driver.</summary>
    public IReadOnlyDictionary<string, string> DriverOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>The network with the highest value gives the default gateway; newer engines only.</summary>
    public int GatewayPriority { get; init; }
}
