namespace ComposeLab;

/// <summary>A build that failed: the <c>TargetObject</c> of the error ImageBuildFailed. Values of secret build arguments are masked in all of it.</summary>
public sealed class LabBuildFailure
{
    /// <summary>The service the image was for; empty where it was for none.</summary>
    public required string Service { get; init; }

    /// <summary>The image's name; empty where it was to have none.</summary>
    public required string Image { get; init; }

    /// <summary>The step that failed; null where none had begun.</summary>
    public required LabBuildStep? Step { get; init; }

    /// <summary>The exit code of the step's command; null where no command ended.</summary>
    public required int? ExitCode { get; init; }

    /// <summary>Why the build failed, in the engine's words.</summary>
    public required string Reason { get; init; }

    /// <summary>The last lines that the step wrote, oldest first; at most 20.</summary>
    public required IReadOnlyList<string> Output { get; init => field = Indexable.Of(value); }

    /// <summary>Names what could not be built, for messages.</summary>
    /// <returns>The service's name, or the image's.</returns>
    public override string ToString() => Service.Length > 0 ? Service : Image;
}
