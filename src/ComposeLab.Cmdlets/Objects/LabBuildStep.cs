namespace ComposeLab;

/// <summary>One instruction of a build, as it went.</summary>
public sealed class LabBuildStep
{
    /// <summary>The stage's name; empty in a Dockerfile of one stage.</summary>
    public required string Stage { get; init; }

    /// <summary>The instruction's number in its stage, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The instruction, as in <c>RUN dotnet restore</c>; secrets are masked.</summary>
    public required string Instruction { get; init; }

    /// <summary>Whether the result came from the cache; otherwise the step ran.</summary>
    public required bool Cached { get; init; }

    /// <summary>How long it ran; zero when cached, null where the engine does not tell.</summary>
    public required TimeSpan? Duration { get; init; }

    /// <summary>Bytes of the layer it left in the image; null where it left none there.</summary>
    public required long? Size { get; init; }

    /// <summary>Names the step, for messages.</summary>
    /// <returns>Such as <c>[build 4] RUN dotnet restore</c>.</returns>
    public override string ToString() => $"[{(Stage.Length == 0 ? "" : Stage + " ")}{Number}] {Instruction}";
}
