namespace ComposeLab.Engine.Planning;

/// <summary>How a stack is waited for.</summary>
public sealed record WaitOptions
{
    /// <summary>The services to wait for; empty is all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Whether health is left to the engine's own probes alone.</summary>
    public bool NoProbe { get; init; }

    /// <summary>How long one service may take to become ready; null is five minutes.</summary>
    public TimeSpan? ReadyLimit { get; init; }
}
