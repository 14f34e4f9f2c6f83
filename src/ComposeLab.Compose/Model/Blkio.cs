using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>Limits of block device access (<c>blkio_config</c>).</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class BlkioDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The share of bandwidth, from 10 to 1000.</summary>
    public long? Weight => Node.Integer("weight");

    /// <summary>The share per device.</summary>
    public IReadOnlyList<DeviceWeightDefinition> WeightDevice => field ??= Node.Children("weight_device", node => new DeviceWeightDefinition(node));

    /// <summary>Reading, in bytes per second.</summary>
    public IReadOnlyList<DeviceRateDefinition> DeviceReadBps => field ??= Node.Children("device_read_bps", node => new DeviceRateDefinition(node));

    /// <summary>Reading, in operations per second.</summary>
    public IReadOnlyList<DeviceRateDefinition> DeviceReadIops => field ??= Node.Children("device_read_iops", node => new DeviceRateDefinition(node));

    /// <summary>Writing, in bytes per second.</summary>
    public IReadOnlyList<DeviceRateDefinition> DeviceWriteBps => field ??= Node.Children("device_write_bps", node => new DeviceRateDefinition(node));

    /// <summary>Writing, in operations per second.</summary>
    public IReadOnlyList<DeviceRateDefinition> DeviceWriteIops => field ??= Node.Children("device_write_iops", node => new DeviceRateDefinition(node));
}

/// <summary>A share of a device's bandwidth.</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class DeviceWeightDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The device.</summary>
    public string? Path => Node.Text("path");

    /// <summary>The share, from 10 to 1000.</summary>
    public long? Weight => Node.Integer("weight");
}

/// <summary>A limit of a device's use.</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class DeviceRateDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The device.</summary>
    public string? Path => Node.Text("path");

    /// <summary>The rate, in bytes or operations per second.</summary>
    public long? Rate => Node.Bytes("rate");
}
