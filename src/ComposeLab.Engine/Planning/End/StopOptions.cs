using ComposeLab.Compose.Model;

namespace ComposeLab.Engine.Planning;

/// <summary>How a stack is stopped.</summary>
public sealed record StopOptions
{
    /// <summary>The services to stop; empty is all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>How long a container may take; null is its own setting.</summary>
    public TimeSpan? StopLimit { get; init; }

    /// <summary>Whose hooks run where no project says what belongs to the stack; null: none run.</summary>
    public ComposeProject? HooksOf { get; init; }
}
