namespace ComposeLab.Engine.Images;

/// <summary>An instruction of a build and its result.</summary>
public sealed record BuildStep
{
    /// <summary>The stage's name; empty in a Dockerfile of one stage.</summary>
    public required string Stage { get; init; }

    /// <summary>The instruction's number in its stage, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The number of instructions in the stage.</summary>
    public required int Total { get; init; }

    /// <summary>The instruction, as in <c>RUN dotnet restore</c>.</summary>
    public required string Instruction { get; init; }

    /// <summary>Whether the result came from the cache.</summary>
    public bool Cached { get; init; }

    /// <summary>Its duration; zero when cached, null while it runs or if the engine does not report it.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The size of its layer in bytes; null if it has no layer in this image.</summary>
    public long? Size { get; init; }

    /// <summary>Whether it ended, successfully or not.</summary>
    public bool Completed { get; init; }

    /// <summary>The error; null if it did not fail.</summary>
    public string? Error { get; init; }

    /// <summary>Stage and number, as in <c>build 4/6</c>.</summary>
    public string Position => Stage.Length == 0 ? $"{Number}/{Total}" : $"{Stage} {Number}/{Total}";
}
