namespace ComposeLab;

/// <summary>What a test of a database found.</summary>
public sealed class LabDbTestResult
{
    /// <summary>The project.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The database's service; null when the database is outside of the project.</summary>
    public string? Service { get; init; }

    /// <summary>The service whose login is meant, or the first that uses the database; null when the project has none.</summary>
    public string? Api { get; init; }

    /// <summary>The variable of <see cref="Api"/> that names the database; null when no login is known.</summary>
    public string? Variable { get; init; }

    /// <summary>Whether every service that uses a database can use it.</summary>
    public bool Ok => Cause == LabDbCause.None;

    /// <summary>Why not; None when it can.</summary>
    public required LabDbCause Cause { get; init; }

    /// <summary>The cause in a sentence; no secret in it.</summary>
    public required string Message { get; init; }

    /// <summary>What fixes it, to be typed, or what must be decided; empty when nothing is wrong.</summary>
    public required string Recommendation { get; init; }

    /// <summary>How long the whole test took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Every check, in order.</summary>
    public required IReadOnlyList<LabDbCheck> Checks { get; init => field = Indexable.Of(value); }

    /// <summary>Writes the result as a line.</summary>
    /// <returns>The message.</returns>
    public override string ToString() => Message;
}
