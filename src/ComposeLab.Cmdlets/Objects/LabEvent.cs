namespace ComposeLab;

/// <summary>Something that happened to a container of a stack.</summary>
public sealed class LabEvent
{
    /// <summary>When it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The project.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <summary>The container's id.</summary>
    public required string ContainerId { get; init; }

    /// <summary>Whether it is a one-off container.</summary>
    public required bool IsOneOff { get; init; }

    /// <summary>What happened, in the engine's terms: create, start, die, health_status, exec_start.</summary>
    public required string Action { get; init; }

    /// <summary>Details: the result of a health check, the command of an exec, the signal of a kill. Empty if there are none.</summary>
    public required string Detail { get; init; }

    /// <summary>For an exit: the exit code.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The event on one line.</summary>
    /// <returns>The container and what happened.</returns>
    public override string ToString() => $"{Container} {Action}{(ExitCode is { } code ? $" {code}" : Detail.Length > 0 ? $" {Detail}" : "")}";
}
