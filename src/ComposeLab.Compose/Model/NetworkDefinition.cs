using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A network of the project (<c>networks</c>).</summary>
/// <param name="name">Its key in the project.</param>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class NetworkDefinition(string name, MappingNode node) : Definition(node)
{
    /// <summary>Its key in the project.</summary>
    public string Key { get; } = name;

    /// <summary>Its name on the engine.</summary>
    public string? Name => Node.Text("name");

    /// <summary>The driver; null: the engine's default.</summary>
    public string? Driver => Node.Text("driver");

    /// <summary>Options for the driver.</summary>
    public IReadOnlyDictionary<string, string> DriverOpts => field ??= Node.TextMap("driver_opts");

    /// <summary>Address management.</summary>
    public IpamDefinition? Ipam => field ??= Node.Child("ipam", node => new IpamDefinition(node));

    /// <summary>Whether it is not ours: it must exist and is never removed.</summary>
    public bool External => Node.Flag("external") ?? false;

    /// <summary>Whether it has no way out.</summary>
    public bool Internal => Node.Flag("internal") ?? false;

    /// <summary>Whether containers of others may join.</summary>
    public bool Attachable => Node.Flag("attachable") ?? false;

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels => field ??= Node.TextMap("labels");

    /// <summary>Whether it has IPv4; null: the engine's default.</summary>
    public bool? EnableIpv4 => Node.Flag("enable_ipv4");

    /// <summary>Whether it has IPv6; null: the engine's default.</summary>
    public bool? EnableIpv6 => Node.Flag("enable_ipv6");
}
