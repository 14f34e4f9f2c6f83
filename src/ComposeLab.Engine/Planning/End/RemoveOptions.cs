using ComposeLab.Compose.Model;

namespace ComposeLab.Engine.Planning;

/// <summary>How a stack is removed.</summary>
public sealed record RemoveOptions
{
    /// <summary>The services to remove; empty is the whole stack with its networks.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Whether named and anonymous volumes go too, with everything in them. External ones never do.</summary>
    public bool Volumes { get; init; }

    /// <summary>Whether containers of services that the project does not define go too.</summary>
    public bool RemoveOrphans { get; init; }

    /// <summary>Which images go too.</summary>
    public RemovedImages Images { get; init; }

    /// <summary>How long a container may take to stop; null is its own setting.</summary>
    public TimeSpan? StopLimit { get; init; }

    /// <summary>Whose hooks run where no project says what belongs to the stack; null: none run.</summary>
    public ComposeProject? HooksOf { get; init; }
}
