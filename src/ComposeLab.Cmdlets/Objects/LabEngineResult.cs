namespace ComposeLab;

/// <summary>What a command did on one engine, if it was run for several.</summary>
public sealed class LabEngineResult
{
    /// <summary>The engine: the docker context or the address.</summary>
    public required string Engine { get; init; }

    /// <summary>The project's name; empty if the command failed before it was known.</summary>
    public required string ProjectName { get; init; }

    /// <summary>What the command does.</summary>
    public required LabPlanAction Action { get; init; }

    /// <summary>Whether it succeeded.</summary>
    public required bool Succeeded { get; init; }

    /// <summary>The number of operations of the plan.</summary>
    public required int Changes { get; init; }

    /// <summary>The containers afterwards, if the command returns them.</summary>
    public required IReadOnlyList<LabService> Services { get; init => field = Indexable.Of(value); }

    /// <summary>The services of a swarm stack afterwards, if the command returns them.</summary>
    public IReadOnlyList<LabRollout> Rollouts { get; init => field = Indexable.Of(value); } = [];

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The error message; null if it succeeded.</summary>
    public string? Error { get; init; }

    /// <summary>The id of the error; null if it succeeded.</summary>
    public string? ErrorId { get; init; }

    /// <summary>Says it in one line.</summary>
    /// <returns>The engine and the result.</returns>
    public override string ToString() => Succeeded ? $"{Engine}: {Changes} operations" : $"{Engine}: {ErrorId}";
}
