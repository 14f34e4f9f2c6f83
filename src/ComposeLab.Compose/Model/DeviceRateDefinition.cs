using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A limit of a device's use.</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class DeviceRateDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The device.</summary>
    public string? Path => Node.Text("path");

    /// <summary>The rate, in bytes or operations per second.</summary>
    public long? Rate => Node.Bytes("rate");
}
