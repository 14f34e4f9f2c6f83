namespace ComposeLab.Engine.Images.Caching;

/// <summary>How a build went after one change.</summary>
public sealed record CacheOutcome
{
    /// <summary>What was changed.</summary>
    public required CacheScenario Scenario { get; init; }

    /// <summary>The file that was changed, relative to the context; null where none was.</summary>
    public required string? ChangedPath { get; init; }

    /// <summary>How long the build took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The steps, each with the reason why it ran; the reason is empty for a step from the cache.</summary>
    public required IReadOnlyList<(BuildStep Step, string Why)> Steps { get; init; }
}
