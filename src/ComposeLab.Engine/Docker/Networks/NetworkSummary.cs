namespace ComposeLab.Engine.Docker;

/// <summary>A network on the engine.</summary>
public sealed record NetworkSummary
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The name. The engine allows several networks of one name.</summary>
    public required string Name { get; init; }

    /// <summary>The driver, such as <c>bridge</c>.</summary>
    public required string Driver { get; init; }

    /// <summary>The labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
}
