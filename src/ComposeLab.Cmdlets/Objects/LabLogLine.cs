namespace ComposeLab;

/// <summary>A line that a container printed.</summary>
public sealed class LabLogLine
{
    /// <summary>The project.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>The number of the service's container, from 1; of a task that runs once on each node 0.</summary>
    public required int Number { get; init; }

    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <summary>The node, for a task of a swarm; else empty.</summary>
    public string Node { get; init; } = "";

    /// <summary>The id of the task, for a task of a swarm; else empty.</summary>
    public string TaskId { get; init; } = "";

    /// <summary>When the engine received the line.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The stream it was written to.</summary>
    public required LabStream Stream { get; init; }

    /// <summary>The line without its line break.</summary>
    public required string Text { get; init; }

    /// <summary>Whether the line continues in the next object of the same container and stream: a line longer than 1 MiB is split.</summary>
    public bool IsPart { get; init; }

    /// <summary>The line alone, for tools that search text.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Text;
}

/// <summary>The stream that a program wrote a line to.</summary>
public enum LabStream
{
    /// <summary>Standard output, also of a container with a terminal, which has one stream.</summary>
    Output,

    /// <summary>Standard error.</summary>
    Error,
}
