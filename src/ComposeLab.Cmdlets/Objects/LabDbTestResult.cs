namespace ComposeLab;

/// <summary>The result of a database test.</summary>
public sealed class LabDbTestResult
{
    /// <summary>The project.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The database service; null if the database is not part of the project.</summary>
    public string? Service { get; init; }

    /// <summary>The service with the tested login, or the first that uses the database; null if the project has none.</summary>
    public string? Api { get; init; }

    /// <summary>The variable of <see cref="Api"/> that contains the database login; null if no login is known.</summary>
    public string? Variable { get; init; }

    /// <summary>Whether every service that uses a database can use it.</summary>
    public bool Ok => Cause == LabDbCause.None;

    /// <summary>The cause; None if it can be used.</summary>
    public required LabDbCause Cause { get; init; }

    /// <summary>The cause in a sentence, without secrets.</summary>
    public required string Message { get; init; }

    /// <summary>The fix, as a command or edit, or the decision to make; empty if nothing is wrong.</summary>
    public required string Recommendation { get; init; }

    /// <summary>How long the whole test took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Every check, in order.</summary>
    public required IReadOnlyList<LabDbCheck> Checks { get; init => field = Indexable.Of(value); }

    /// <summary>Writes the result as a line.</summary>
    /// <returns>The message.</returns>
    public override string ToString() => Message;
}
