using ComposeLab.Engine.Images;

namespace ComposeLab.Engine;

/// <summary>The details of a failed build. Secrets in its arguments are masked everywhere.</summary>
public sealed record BuildEvidence
{
    /// <summary>The service of the image; null if there is none.</summary>
    public string? Service { get; init; }

    /// <summary>The name of the image; null if it has none.</summary>
    public string? Image { get; init; }

    /// <summary>Why it failed, in the engine's words.</summary>
    public required string Reason { get; init; }

    /// <summary>The failed step; null if none had started.</summary>
    public BuildStep? Step { get; init; }

    /// <summary>The exit code of the step's command; null if no command exited.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The last lines of the step's output, oldest first.</summary>
    public IReadOnlyList<string> Output { get; init; } = [];

    /// <summary>The Dockerfile with the error; null if it has none, or if its text is in the Compose file.</summary>
    public string? Dockerfile { get; init; }

    /// <summary>The line of the error in the Dockerfile, from 1; 0 if there is none.</summary>
    public int Line { get; init; }
}
