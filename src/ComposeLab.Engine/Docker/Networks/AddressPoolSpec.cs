namespace ComposeLab.Engine.Docker;

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
