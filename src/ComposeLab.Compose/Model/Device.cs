using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A device of the host given to a container (<c>devices</c>).</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class DeviceDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The host's path.</summary>
    public string? Source => Node.Text("source");

    /// <summary>The path in the container.</summary>
    public string? Target => Node.Text("target");

    /// <summary>The permissions: <c>r</c>, <c>w</c>, <c>m</c>.</summary>
    public string? Permissions => Node.Text("permissions");
}

/// <summary>A request for devices by capability (<c>devices</c> of a reservation, <c>gpus</c>).</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class DeviceRequestDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The capabilities the device must have.</summary>
    public IReadOnlyList<string> Capabilities => field ??= Node.Texts("capabilities") ?? [];

    /// <summary>The device driver.</summary>
    public string? Driver => Node.Text("driver");

    /// <summary>The number of devices. -1 means all.</summary>
    public long? Count => Node.Integer("count");

    /// <summary>The IDs of the devices. Cannot be used with <see cref="Count"/>.</summary>
    public IReadOnlyList<string> DeviceIds => field ??= Node.Texts("device_ids") ?? [];

    /// <summary>Options for the driver.</summary>
    public IReadOnlyDictionary<string, string> Options => field ??= Node.TextMap("options");
}
