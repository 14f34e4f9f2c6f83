using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine;

/// <summary>The one exception of this library: what was expected, what was found, and what to do.</summary>
public sealed class EngineException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="id">The stable name of the fault.</param>
    /// <param name="message">One sentence: what was expected and what was found. Never a secret.</param>
    /// <param name="recommendation">What to do next, as something that can be typed where possible.</param>
    /// <param name="inner">The fault underneath, if there is one.</param>
    public EngineException(EngineErrorId id, string message, string recommendation, Exception? inner = null)
        : base(message, inner)
    {
        Id = id;
        Recommendation = recommendation;
    }

    /// <summary>The stable name of the fault.</summary>
    public EngineErrorId Id { get; }

    /// <summary>What to do next.</summary>
    public string Recommendation { get; }

    /// <summary>What the user can do, as data; empty if <see cref="Recommendation"/> says everything.</summary>
    public IReadOnlyList<Remedy> Remedies { get; init; } = [];

    /// <summary>The service concerned, when there is one.</summary>
    public string? Service { get; init; }

    /// <summary>The engine's HTTP status when it refused a call; 404 means that the object is gone, 409 a conflict.</summary>
    public int? StatusCode { get; init; }

    /// <summary>What the failed container said about itself.</summary>
    public ServiceEvidence? Evidence { get; init; }

    /// <summary>What is known of the failed build, when one failed on the engine.</summary>
    public BuildEvidence? Build { get; init; }

    /// <summary>Everything that stands in the way of a start; empty unless the error comes from the checks before it.</summary>
    public IReadOnlyList<PreflightFinding> Findings { get; init; } = [];

    /// <summary>What changed since a plan was made; empty unless the error is PlanOutdated.</summary>
    public IReadOnlyList<PlanDifference> Differences { get; init; } = [];

    /// <summary>Whether the object of the call does not exist (any more).</summary>
    public bool IsNotFound => StatusCode == 404;

    /// <summary>Whether the call clashed with another one or with the object's state.</summary>
    public bool IsConflict => StatusCode == 409;
}

/// <summary>What a failed container said about itself, gathered at the moment of the failure.</summary>
public sealed record ServiceEvidence
{
    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <summary>The exit code, when the container has ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>How often the engine has restarted it.</summary>
    public long RestartCount { get; init; }

    /// <summary>Whether the kernel ended it for lack of memory.</summary>
    public bool OutOfMemory { get; init; }

    /// <summary>The last runs of the healthcheck, oldest first.</summary>
    public IReadOnlyList<HealthProbe> Probes { get; init; } = [];

    /// <summary>The last lines of the log, oldest first.</summary>
    public IReadOnlyList<string> LogTail { get; init; } = [];
}

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
