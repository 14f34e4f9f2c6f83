namespace ComposeLab.Engine.Docker;

/// <summary>How the engine finds out whether a container is well. Null values are the image's, else the engine's defaults.</summary>
public sealed record HealthcheckSpec
{
    /// <summary>The command with its kind first: <c>CMD</c>, <c>CMD-SHELL</c> or <c>NONE</c>; empty is the image's.</summary>
    public IReadOnlyList<string> Test { get; init; } = [];

    /// <summary>From the end of one run to the next.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>How long one run may take.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How many failures in a row make it unhealthy.</summary>
    public int? Retries { get; init; }

    /// <summary>How long failures do not count after the start.</summary>
    public TimeSpan? StartPeriod { get; init; }

    /// <summary>The interval during the start period; API 1.44 and later.</summary>
    public TimeSpan? StartInterval { get; init; }
}
