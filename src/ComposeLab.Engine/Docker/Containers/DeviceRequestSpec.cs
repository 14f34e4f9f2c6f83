namespace ComposeLab.Engine.Docker;

/// <summary>Devices asked for by ability.</summary>
public sealed record DeviceRequestSpec
{
    /// <summary>The driver, such as <c>nvidia</c>; empty leaves the choice to the engine.</summary>
    public string Driver { get; init; } = "";

    /// <summary>How many; -1 is all.</summary>
    public long Count { get; init; }

    /// <summary>The ids wanted; then the count is 0.</summary>
    public IReadOnlyList<string> DeviceIds { get; init; } = [];

    /// <summary>Abilities all of which a device must have.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>Options of the driver.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();
}
