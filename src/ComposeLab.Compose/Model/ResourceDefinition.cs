using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>An amount of resources.</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class ResourceDefinition(MappingNode node) : Definition(node)
{
    /// <summary>Processors, in parts of one.</summary>
    public double? Cpus => Node.Float("cpus");

    /// <summary>Memory, in bytes.</summary>
    public long? Memory => Node.Bytes("memory");

    /// <summary>Processes.</summary>
    public long? Pids => Node.Integer("pids");

    /// <summary>Devices such as GPUs.</summary>
    public IReadOnlyList<DeviceRequestDefinition> Devices => field ??= Node.Children("devices", node => new DeviceRequestDefinition(node));

    /// <summary>Resources the cluster's admin defined.</summary>
    public IReadOnlyList<GenericResourceDefinition> GenericResources => field ??= Node.Children("generic_resources", node => new GenericResourceDefinition(node));
}
