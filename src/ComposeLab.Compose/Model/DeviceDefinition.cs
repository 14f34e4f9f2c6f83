using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A device of the host given to a container (<c>devices</c>).</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class DeviceDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The host's path.</summary>
    public string? Source => Node.Text("source");

    /// <summary>The path in the container.</summary>
    public string? Target => Node.Text("target");

    /// <summary>What is allowed: <c>r</c>, <c>w</c>, <c>m</c>.</summary>
    public string? Permissions => Node.Text("permissions");
}
