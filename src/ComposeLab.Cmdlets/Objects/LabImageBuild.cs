namespace ComposeLab;

/// <summary>A finished build of an image.</summary>
public sealed class LabImageBuild
{
    /// <summary>The project that the image belongs to.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service that the image was built for.</summary>
    public required string Service { get; init; }

    /// <summary>The image's name.</summary>
    public required string Image { get; init; }

    /// <summary>The image's id, including <c>sha256:</c>.</summary>
    public required string ImageId { get; init; }

    /// <summary>The size in bytes, including layers shared with other images.</summary>
    public required long Size { get; init; }

    /// <summary>How long the build took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Bytes of files that were read from the build context and sent to the engine.</summary>
    public required long ContextBytes { get; init; }

    /// <summary>The instructions, in the order they started.</summary>
    public required IReadOnlyList<LabBuildStep> Steps { get; init => field = Indexable.Of(value); }

    /// <summary>How many steps came from the cache.</summary>
    public int CachedSteps => Steps.Count(step => step.Cached);

    /// <summary>Names the build, for messages.</summary>
    /// <returns>The image's name.</returns>
    public override string ToString() => Image;
}

/// <summary>One instruction of a build, with its result.</summary>
public sealed class LabBuildStep
{
    /// <summary>The stage name; empty in a Dockerfile with one stage.</summary>
    public required string Stage { get; init; }

    /// <summary>The instruction's number in its stage, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The instruction, such as <c>RUN dotnet restore</c>; secrets are masked.</summary>
    public required string Instruction { get; init; }

    /// <summary>Whether the result came from the cache; otherwise the step ran.</summary>
    public required bool Cached { get; init; }

    /// <summary>How long it ran; zero if cached, null if the engine does not report it.</summary>
    public required TimeSpan? Duration { get; init; }

    /// <summary>The size in bytes of its layer in the image; null if it has none.</summary>
    public required long? Size { get; init; }

    /// <summary>Names the step, for messages.</summary>
    /// <returns>Such as <c>[build 4] RUN dotnet restore</c>.</returns>
    public override string ToString() => $"[{(Stage.Length == 0 ? "" : Stage + " ")}{Number}] {Instruction}";
}

/// <summary>A failed build: the <c>TargetObject</c> of the error ImageBuildFailed. Values of secret build arguments are masked everywhere.</summary>
public sealed class LabBuildFailure
{
    /// <summary>The service of the image; empty if there is none.</summary>
    public required string Service { get; init; }

    /// <summary>The name of the image; empty if it has none.</summary>
    public required string Image { get; init; }

    /// <summary>The failed step; null if none had started.</summary>
    public required LabBuildStep? Step { get; init; }

    /// <summary>The exit code of the step's command; null if no command exited.</summary>
    public required int? ExitCode { get; init; }

    /// <summary>Why the build failed, in the words of the engine.</summary>
    public required string Reason { get; init; }

    /// <summary>The last lines of the step's output, oldest first; at most 20.</summary>
    public required IReadOnlyList<string> Output { get; init => field = Indexable.Of(value); }

    /// <summary>Names the failed build, for messages.</summary>
    /// <returns>The service's name, or the image's.</returns>
    public override string ToString() => Service.Length > 0 ? Service : Image;
}
