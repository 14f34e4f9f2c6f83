using ComposeLab.Compose.Model;

namespace ComposeLab.Engine.Planning;

/// <summary>How a stack is restarted.</summary>
public sealed record RestartOptions
{
    /// <summary>The services to restart, with those that asked to be restarted with them; empty is all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Whether to return as soon as everything is started, without waiting until it is ready.</summary>
    public bool NoWait { get; init; }

    /// <summary>Whether health is left to the engine's own probes alone.</summary>
    public bool NoProbe { get; init; }

    /// <summary>How long one service may take to become ready; null is five minutes.</summary>
    public TimeSpan? ReadyLimit { get; init; }

    /// <summary>How long a container may take to stop; null is its own setting.</summary>
    public TimeSpan? StopLimit { get; init; }

    /// <summary>Whose hooks run where no project says what belongs to the stack; null: none run.</summary>
    public ComposeProject? HooksOf { get; init; }
}
