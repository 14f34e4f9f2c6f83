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
