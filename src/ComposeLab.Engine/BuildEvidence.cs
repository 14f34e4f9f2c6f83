using ComposeLab.Engine.Images;

namespace ComposeLab.Engine;

/// <summary>What is known of a build that failed. Secrets of its arguments are masked everywhere.</summary>
public sealed record BuildEvidence
{
    /// <summary>The service the image is for; null where it is for none.</summary>
    public string? Service { get; init; }

    /// <summary>The image's name; null where it was to have none.</summary>
    public string? Image { get; init; }

    /// <summary>Why it failed, in the engine's words.</summary>
    public required string Reason { get; init; }

    /// <summary>The step that failed; null where none had begun.</summary>
    public BuildStep? Step { get; init; }

    /// <summary>The exit code of the step's command; null where no command ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The last lines that the step wrote, oldest first.</summary>
    public IReadOnlyList<string> Output { get; init; } = [];

    /// <summary>The Dockerfile that cannot be read; null where it can be, or where its text stands in the compose file.</summary>
    public string? Dockerfile { get; init; }

    /// <summary>The line of the Dockerfile that is at fault, from 1; 0 where none is.</summary>
    public int Line { get; init; }
}
