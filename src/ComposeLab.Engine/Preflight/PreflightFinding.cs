namespace ComposeLab.Engine;

/// <summary>One thing that stands in the way of a start, found before anything changed.</summary>
public sealed record PreflightFinding
{
    /// <summary>The stable name of the fault.</summary>
    public required EngineErrorId Id { get; init; }

    /// <summary>What was expected and what was found.</summary>
    public required string Message { get; init; }

    /// <summary>What to do next.</summary>
    public required string Recommendation { get; init; }

    /// <summary>What the user can do, as data; empty if <see cref="Recommendation"/> says everything.</summary>
    public IReadOnlyList<Remedy> Remedies { get; init; } = [];

    /// <summary>The service concerned, when there is one.</summary>
    public string? Service { get; init; }

    /// <summary>The compose file that asks for it, when known.</summary>
    public string? File { get; init; }

    /// <summary>The line in <see cref="File"/>, from 1; 0 when unknown.</summary>
    public int Line { get; init; }

    /// <summary>The column in <see cref="File"/>, from 1; 0 when unknown.</summary>
    public int Column { get; init; }
}
