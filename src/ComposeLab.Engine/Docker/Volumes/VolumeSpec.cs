namespace ComposeLab.Engine.Docker;

/// <summary>The settings of a volume.</summary>
public sealed record VolumeSpec
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The driver; empty for the engine's default.</summary>
    public string Driver { get; init; } = "";

    /// <summary>The driver's options.</summary>
    public IReadOnlyDictionary<string, string> DriverOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>The labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}

/// <summary>A volume on the engine.</summary>
public sealed record VolumeSummary
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The driver, such as <c>local</c>.</summary>
    public required string Driver { get; init; }

    /// <summary>The driver's options.</summary>
    public IReadOnlyDictionary<string, string> DriverOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>The labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
}
