namespace ComposeLab;

/// <summary>One instruction of a build after a change.</summary>
public sealed class LabCacheStep
{
    /// <summary>The stage's name; empty in a Dockerfile of one stage.</summary>
    public required string Stage { get; init; }

    /// <summary>The instruction's number in its stage, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The instruction; secrets are masked.</summary>
    public required string Instruction { get; init; }

    /// <summary>Whether the result came from the cache; otherwise the step ran.</summary>
    public required bool Cached { get; init; }

    /// <summary>How long it ran; zero when cached, null where the engine does not tell.</summary>
    public required TimeSpan? Duration { get; init; }

    /// <summary>Why it ran, in words; empty for a step from the cache.</summary>
    public required string Why { get; init; }

    /// <summary>Names the step, for messages.</summary>
    /// <returns>Such as <c>[build 4] RUN dotnet restore</c>.</returns>
    public override string ToString() => $"[{(Stage.Length == 0 ? "" : Stage + " ")}{Number}] {Instruction}";
}
