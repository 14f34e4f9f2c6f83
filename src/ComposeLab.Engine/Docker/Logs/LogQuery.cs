namespace ComposeLab.Engine.Docker;

/// <summary>Which part of a log is read.</summary>
public sealed record LogQuery
{
    /// <summary>The number of last lines; null is all.</summary>
    public int? Tail { get; init; }

    /// <summary>Lines from this time on; null is from the beginning.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Lines up to this time; null is to the end.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether to go on with lines as they come.</summary>
    public bool Follow { get; init; }
}

/// <summary>A line that a container printed.</summary>
/// <param name="Time">When the engine received it.</param>
/// <param name="IsError">Whether it came on standard error.</param>
/// <param name="Text">The line without its end.</param>
/// <param name="IsPart">Whether the line goes on in the next one of the same stream: a line of more than 1 MiB comes in parts.</param>
public sealed record LogLine(DateTimeOffset Time, bool IsError, string Text, bool IsPart = false);
