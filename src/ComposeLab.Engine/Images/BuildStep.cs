namespace ComposeLab.Engine.Images;

/// <summary>One instruction of a build, as it went.</summary>
public sealed record BuildStep
{
    /// <summary>The stage's name; empty in a Dockerfile of one stage.</summary>
    public required string Stage { get; init; }

    /// <summary>The instruction's number in its stage, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>How many instructions the stage has.</summary>
    public required int Total { get; init; }

    /// <summary>The instruction, as in <c>RUN dotnet restore</c>.</summary>
    public required string Instruction { get; init; }

    /// <summary>Whether the result came from the cache.</summary>
    public bool Cached { get; init; }

    /// <summary>How long it ran; zero when cached, null while it runs or where the engine does not report it.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Bytes of the layer it left in the image; null if it left none, or none in this image.</summary>
    public long? Size { get; init; }

    /// <summary>Whether it ended, well or not.</summary>
    public bool Completed { get; init; }

    /// <summary>Why it failed; null if it did not.</summary>
    public string? Error { get; init; }

    /// <summary>Stage and number, as in <c>build 4/6</c>.</summary>
    public string Position => Stage.Length == 0 ? $"{Number}/{Total}" : $"{Stage} {Number}/{Total}";
}
