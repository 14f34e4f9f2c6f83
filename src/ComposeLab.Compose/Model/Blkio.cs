using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>Limits of block device access (<c>blkio_config</c>).</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class BlkioDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The bandwidth weight, from 10 to 1000.</summary>
    public long? Weight => Node.Integer("weight");

    /// <summary>The weight per device.</summary>
    public IReadOnlyList<DeviceWeightDefinition> WeightDevice => field ??= Node.Children("weight_device", node => new DeviceWeightDefinition(node));

    /// <summary>Read limits, in bytes per second.</summary>
    public IReadOnlyList<DeviceRateDefinition> DeviceReadBps => field ??= Node.Children("device_read_bps", node => new DeviceRateDefinition(node));

    /// <summary>Read limits, in operations per second.</summary>
    public IReadOnlyList<DeviceRateDefinition> DeviceReadIops => field ??= Node.Children("device_read_iops", node => new DeviceRateDefinition(node));

    /// <summary>Write limits, in bytes per second.</summary>
    public IReadOnlyList<DeviceRateDefinition> DeviceWriteBps => field ??= Node.Children("device_write_bps", node => new DeviceRateDefinition(node));

    /// <summary>Write limits, in operations per second.</summary>
    public IReadOnlyList<DeviceRateDefinition> DeviceWriteIops => field ??= Node.Children("device_write_iops", node => new DeviceRateDefinition(node));
}

/// <summary>A bandwidth weight for a device.</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class DeviceWeightDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The device.</summary>
    public string? Path => Node.Text("path");

    /// <summary>The weight, from 10 to 1000.</summary>
    public long? Weight => Node.Integer("weight");
}

/// <summary>A rate limit for a device.</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class DeviceRateDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The device.</summary>
    public string? Path => Node.Text("path");

    /// <summary>The rate, in bytes or operations per second.</summary>
    public long? Rate => Node.Bytes("rate");
}
