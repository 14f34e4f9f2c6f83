using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>Address management of a network (<c>ipam</c>).</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class IpamDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The driver; null: the engine's default.</summary>
    public string? Driver => Node.Text("driver");

    /// <summary>Pools of addresses.</summary>
    public IReadOnlyList<IpamPoolDefinition> Config => field ??= Node.Children("config", node => new IpamPoolDefinition(node));

    /// <summary>Options for the driver.</summary>
    public IReadOnlyDictionary<string, string> Options => field ??= Node.TextMap("options");
}
