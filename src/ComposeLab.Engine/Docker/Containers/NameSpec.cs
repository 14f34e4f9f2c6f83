namespace ComposeLab.Engine.Docker;

/// <summary>How a container finds names.</summary>
public sealed record NameSpec
{
    /// <summary>The servers it asks.</summary>
    public IReadOnlyList<string> Dns { get; init; } = [];

    /// <summary>Options of its resolver.</summary>
    public IReadOnlyList<string> DnsOptions { get; init; } = [];

    /// <summary>Domains it tries after a bare name.</summary>
    public IReadOnlyList<string> DnsSearch { get; init; } = [];

    /// <summary>Extra lines of its hosts file, as <c>name:address</c>.</summary>
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];
}
