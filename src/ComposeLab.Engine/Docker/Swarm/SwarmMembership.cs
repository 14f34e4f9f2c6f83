namespace ComposeLab.Engine.Docker;

/// <summary>The settings of a new swarm. Addresses are IP addresses or names of network interfaces, optionally with a port.</summary>
public sealed record SwarmSettings
{
    /// <summary>The port of the managers.</summary>
    public const int Port = 2377;

    /// <summary>Where the manager listens.</summary>
    public string ListenAddr { get; init => field = value ?? "0.0.0.0:2377"; } = "0.0.0.0:2377";

    /// <summary>The address under which other nodes reach it; null lets the engine choose, which it can only with one address.</summary>
    public string? AdvertiseAddr { get; init; }

    /// <summary>The address ranges of overlay networks, such as <c>10.20.0.0/16</c>; null for the engine's default.</summary>
    public IReadOnlyList<string>? DefaultAddrPool { get; init; }
}

/// <summary>The place of an engine in a swarm.</summary>
public sealed record SwarmMembership
{
    /// <summary>Where the node listens, if it becomes a manager.</summary>
    public string ListenAddr { get; init => field = value ?? "0.0.0.0:2377"; } = "0.0.0.0:2377";

    /// <summary>The address under which other nodes reach it; null lets the engine choose.</summary>
    public string? AdvertiseAddr { get; init; }

    /// <summary>The addresses of managers, with their ports.</summary>
    public required IReadOnlyList<string> RemoteAddrs { get; init; }

    /// <summary>The token; it decides about the role. Never printed.</summary>
    public required string JoinToken { get; init; }

    /// <summary>The addresses of the managers, without the token.</summary>
    /// <returns>The addresses.</returns>
    public override string ToString() => string.Join(", ", RemoteAddrs);
}

/// <summary>The secrets with which engines join a swarm. Never printed unless requested.</summary>
public sealed record SwarmJoinTokens
{
    /// <summary>For workers.</summary>
    public string Worker { get; init => field = value ?? ""; } = "";

    /// <summary>For managers.</summary>
    public string Manager { get; init => field = value ?? ""; } = "";

    /// <summary>Nothing of the tokens.</summary>
    /// <returns>The kind of the object.</returns>
    public override string ToString() => "join tokens";
}

/// <summary>The part of the answer about a swarm that contains the join tokens.</summary>
/// <param name="JoinTokens">The tokens.</param>
internal sealed record SwarmSecrets(SwarmJoinTokens JoinTokens);
