namespace ComposeLab.Engine.Docker;

/// <summary>The part of a log to read.</summary>
public sealed record LogQuery
{
    /// <summary>The number of last lines; null for all.</summary>
    public int? Tail { get; init; }

    /// <summary>Lines from this time on; null for the beginning.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Lines up to this time; null for the end.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether to continue with new lines.</summary>
    public bool Follow { get; init; }
}

/// <summary>A line of a container's output.</summary>
/// <param name="Time">When the engine received it.</param>
/// <param name="IsError">Whether it is from standard error.</param>
/// <param name="Text">The line without its line break.</param>
/// <param name="IsPart">Whether the line continues in the next one of the same stream: a line longer than 1 MiB is split.</param>
public sealed record LogLine(DateTimeOffset Time, bool IsError, string Text, bool IsPart = false);
