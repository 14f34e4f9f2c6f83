namespace ComposeLab;

/// <summary>The cost of a change: the build after it, with the steps that came from the cache and those that ran.</summary>
public sealed class LabCacheResult
{
    /// <summary>The project name; empty for a separate Dockerfile.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service of the image; empty for a separate Dockerfile.</summary>
    public required string Service { get; init; }

    /// <summary>What was changed.</summary>
    public required LabCacheScenario Scenario { get; init; }

    /// <summary>The file that was changed in the copy of the build context, relative to it; null if none was.</summary>
    public required string? ChangedPath { get; init; }

    /// <summary>How long the build took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The instructions, in the order they started.</summary>
    public required IReadOnlyList<LabCacheStep> Steps { get; init => field = Indexable.Of(value); }

    /// <summary>
    /// Whether layer caching works as intended: after a change of code, the steps for dependencies come from the cache. Null if this does not apply (Unchanged,
    /// Dependency), or if no step depends on the dependencies.
    /// </summary>
    public required bool? RuleHolds { get; init; }

    /// <summary>The first steps that ran and why, as text, or that everything came from the cache.</summary>
    public required string Why { get; init; }

    /// <summary>How many steps came from the cache.</summary>
    public int CachedSteps => Steps.Count(step => step.Cached);

    /// <summary>How many steps ran.</summary>
    public int RanSteps => Steps.Count - CachedSteps;

    /// <summary>Names the result, for messages.</summary>
    /// <returns>The scenario and how many steps ran.</returns>
    public override string ToString() => $"{Scenario}: {RanSteps} of {Steps.Count} steps ran";
}

/// <summary>What was changed between two builds of the same image.</summary>
public enum LabCacheScenario
{
    /// <summary>Nothing.</summary>
    Unchanged,

    /// <summary>A file of source code.</summary>
    Code,

    /// <summary>A file that lists dependencies.</summary>
    Dependency,
}

/// <summary>One instruction of a build after a change.</summary>
public sealed class LabCacheStep
{
    /// <summary>The stage name; empty in a Dockerfile with one stage.</summary>
    public required string Stage { get; init; }

    /// <summary>The instruction's number in its stage, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The instruction; secrets are masked.</summary>
    public required string Instruction { get; init; }

    /// <summary>Whether the result came from the cache; otherwise the step ran.</summary>
    public required bool Cached { get; init; }

    /// <summary>How long it ran; zero if cached, null if the engine does not report it.</summary>
    public required TimeSpan? Duration { get; init; }

    /// <summary>Why it ran, as text; empty for a step from the cache.</summary>
    public required string Why { get; init; }

    /// <summary>Names the step, for messages.</summary>
    /// <returns>Such as <c>[build 4] RUN dotnet restore</c>.</returns>
    public override string ToString() => $"[{(Stage.Length == 0 ? "" : Stage + " ")}{Number}] {Instruction}";
}
