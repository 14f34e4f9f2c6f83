namespace ComposeLab.Engine.Docker;

/// <summary>When the engine starts a container again.</summary>
/// <param name="Policy"><c>no</c>, <c>always</c>, <c>on-failure</c> or <c>unless-stopped</c>.</param>
/// <param name="MaximumRetries">For <c>on-failure</c>: how often; 0 is without end.</param>
public sealed record RestartSpec(string Policy, int MaximumRetries)
{
    /// <summary>It stays ended.</summary>
    public static RestartSpec Never { get; } = new("no", 0);
}
