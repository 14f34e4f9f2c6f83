namespace ComposeLab;

/// <summary>A process in a container of a stack.</summary>
public sealed class LabProcess
{
    /// <summary>The project.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <summary>The process id on the engine's host.</summary>
    public required int Id { get; init; }

    /// <summary>The id of the parent process on the engine's host.</summary>
    public required int ParentId { get; init; }

    /// <summary>The user on the engine's host, by name or number.</summary>
    public required string User { get; init; }

    /// <summary>When it was started: a time of day, or a date, as the engine's host shows it.</summary>
    public required string Started { get; init; }

    /// <summary>The CPU time it has used.</summary>
    public required TimeSpan CpuTime { get; init; }

    /// <summary>The program with its arguments.</summary>
    public required string Command { get; init; }

    /// <summary>The program with its arguments.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Command;
}
