namespace ComposeLab.Engine.Images.Pulling;

/// <summary>How patient a pull is.</summary>
internal sealed record PullLimits
{
    /// <summary>How often a transient fault is met with a new attempt, the first included.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>The pause before the second attempt; each further one is twice as long.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the engine may tell no progress at all before the attempt counts as failed.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(2);
}
