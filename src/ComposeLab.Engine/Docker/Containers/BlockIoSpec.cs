namespace ComposeLab.Engine.Docker;

/// <summary>Limits of block devices.</summary>
public sealed record BlockIoSpec
{
    /// <summary>Relative weight, 10 to 1000; 0 is the engine's.</summary>
    public ushort Weight { get; init; }

    /// <summary>Weight by device path.</summary>
    public IReadOnlyDictionary<string, ushort> DeviceWeights { get; init; } = new Dictionary<string, ushort>();

    /// <summary>Bytes read in a second, by device path.</summary>
    public IReadOnlyDictionary<string, ulong> ReadBytesPerSecond { get; init; } = new Dictionary<string, ulong>();

    /// <summary>Bytes written in a second, by device path.</summary>
    public IReadOnlyDictionary<string, ulong> WriteBytesPerSecond { get; init; } = new Dictionary<string, ulong>();

    /// <summary>Reads in a second, by device path.</summary>
    public IReadOnlyDictionary<string, ulong> ReadsPerSecond { get; init; } = new Dictionary<string, ulong>();

    /// <summary>Writes in a second, by device path.</summary>
    public IReadOnlyDictionary<string, ulong> WritesPerSecond { get; init; } = new Dictionary<string, ulong>();
}
