using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A share of a device's bandwidth.</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class DeviceWeightDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The device.</summary>
    public string? Path => Node.Text("path");

    /// <summary>The share, from 10 to 1000.</summary>
    public long? Weight => Node.Integer("weight");
}
