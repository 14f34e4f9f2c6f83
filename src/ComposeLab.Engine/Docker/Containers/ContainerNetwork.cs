namespace ComposeLab.Engine.Docker;

/// <summary>A container's place in a network.</summary>
public sealed record ContainerNetwork
{
    /// <summary>The network's id; empty while the container has never run.</summary>
    public required string NetworkId { get; init; }

    /// <summary>The IPv4 address; empty while the container does not run.</summary>
    public required string IpAddress { get; init; }

    /// <summary>The names under which others find it there; not known from a listing.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
}
