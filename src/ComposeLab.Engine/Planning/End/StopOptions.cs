namespace ComposeLab.Engine.Planning;

/// <summary>How a stack is stopped.</summary>
public sealed record StopOptions
{
    /// <summary>The services to stop; empty is all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>How long a container may take; null is its own setting.</summary>
    public TimeSpan? StopLimit { get; init; }
}
