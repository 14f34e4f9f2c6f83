using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine;

/// <summary>The only exception type of this library: what was expected, what was found, and how to fix it.</summary>
public sealed class EngineException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="id">The stable id of the error.</param>
    /// <param name="message">One sentence: what was expected and what was found. Must not contain secrets.</param>
    /// <param name="recommendation">The next step, as a command if possible.</param>
    /// <param name="inner">The underlying error; may be null.</param>
    public EngineException(EngineErrorId id, string message, string recommendation, Exception? inner = null)
        : base(message, inner)
    {
        Id = id;
        Recommendation = recommendation;
    }

    /// <summary>The stable id of the error.</summary>
    public EngineErrorId Id { get; }

    /// <summary>The next step.</summary>
    public string Recommendation { get; }

    /// <summary>The possible actions, as data; empty if <see cref="Recommendation"/> is complete.</summary>
    public IReadOnlyList<Remedy> Remedies { get; init; } = [];

    /// <summary>The affected service; null if there is none.</summary>
    public string? Service { get; init; }

    /// <summary>The HTTP status if the engine rejected a call; 404 means that the object does not exist, 409 is a conflict.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Details of the failed container.</summary>
    public ServiceEvidence? Evidence { get; init; }

    /// <summary>Details of the failed build, if there is one.</summary>
    public BuildEvidence? Build { get; init; }

    /// <summary>All problems that prevent a start; empty unless the error comes from the preflight checks.</summary>
    public IReadOnlyList<PreflightFinding> Findings { get; init; } = [];

    /// <summary>What changed since a plan was created; empty unless the error is PlanOutdated.</summary>
    public IReadOnlyList<PlanDifference> Differences { get; init; } = [];

    /// <summary>Whether the object of the call does not exist.</summary>
    public bool IsNotFound => StatusCode == 404;

    /// <summary>Whether the call conflicted with another one or with the object's state.</summary>
    public bool IsConflict => StatusCode == 409;
}

/// <summary>Details of a failed container, collected when it failed.</summary>
public sealed record ServiceEvidence
{
    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <summary>The exit code, if the container has exited.</summary>
    public int? ExitCode { get; init; }

    /// <summary>How often the engine has restarted it.</summary>
    public long RestartCount { get; init; }

    /// <summary>Whether the kernel killed it because it ran out of memory.</summary>
    public bool OutOfMemory { get; init; }

    /// <summary>The last runs of the healthcheck, oldest first.</summary>
    public IReadOnlyList<HealthProbe> Probes { get; init; } = [];

    /// <summary>The last lines of the log, oldest first.</summary>
    public IReadOnlyList<string> LogTail { get; init; } = [];
}

/// <summary>One problem that prevents a start, found before anything changed.</summary>
public sealed record PreflightFinding
{
    /// <summary>The stable id of the error.</summary>
    public required EngineErrorId Id { get; init; }

    /// <summary>What was expected and what was found.</summary>
    public required string Message { get; init; }

    /// <summary>The next step.</summary>
    public required string Recommendation { get; init; }

    /// <summary>The possible actions, as data; empty if <see cref="Recommendation"/> is complete.</summary>
    public IReadOnlyList<Remedy> Remedies { get; init; } = [];

    /// <summary>The affected service; null if there is none.</summary>
    public string? Service { get; init; }

    /// <summary>The Compose file, if known.</summary>
    public string? File { get; init; }

    /// <summary>The line in <see cref="File"/>, from 1; 0 if unknown.</summary>
    public int Line { get; init; }

    /// <summary>The column in <see cref="File"/>, from 1; 0 if unknown.</summary>
    public int Column { get; init; }
}
