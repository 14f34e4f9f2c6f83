using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A request for devices by capability (<c>devices</c> of a reservation, <c>gpus</c>).</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class DeviceRequestDefinition(MappingNode node) : Definition(node)
{
    /// <summary>What the device must be able to do.</summary>
    public IReadOnlyList<string> Capabilities => field ??= Node.Texts("capabilities") ?? [];

    /// <summary>The driver that serves it.</summary>
    public string? Driver => Node.Text("driver");

    /// <summary>How many; -1: all.</summary>
    public long? Count => Node.Integer("count");

    /// <summary>Which ones; excludes <see cref="Count"/>.</summary>
    public IReadOnlyList<string> DeviceIds => field ??= Node.Texts("device_ids") ?? [];

    /// <summary>Options for the driver.</summary>
    public IReadOnlyDictionary<string, string> Options => field ??= Node.TextMap("options");
}
