namespace ComposeLab.Engine.Docker;

/// <summary>A volume on the engine.</summary>
public sealed record VolumeSummary
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The driver, such as <c>local</c>.</summary>
    public required string Driver { get; init; }

    /// <summary>The labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
}
