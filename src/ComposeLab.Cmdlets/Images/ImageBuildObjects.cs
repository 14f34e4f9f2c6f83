using ComposeLab.Engine;
using ComposeLab.Engine.Images;

namespace ComposeLab.Images;

/// <summary>Creates the output objects of a finished build.</summary>
internal static class ImageBuildObjects
{
    /// <summary>Creates an object.</summary>
    /// <param name="projectName">The project's name.</param>
    /// <param name="build">The build.</param>
    /// <param name="result">Its result.</param>
    /// <returns>The object.</returns>
    public static LabImageBuild Of(string projectName, BuildSpec build, ImageBuildResult result) => new()
    {
        ProjectName = projectName,
        Service = build.Service ?? "",
        Image = build.Names[0],
        ImageId = result.Id,
        Size = result.Size,
        Duration = result.Duration,
        ContextBytes = result.ContextBytes,
        Steps = [.. result.Steps.Select(Step)],
    };

    /// <summary>Creates the object of a build that failed.</summary>
    /// <param name="evidence">The details of the failure.</param>
    /// <returns>The object.</returns>
    public static LabBuildFailure Failure(BuildEvidence evidence) => new()
    {
        Service = evidence.Service ?? "",
        Image = evidence.Image ?? "",
        Step = evidence.Step is { } step ? Step(step) : null,
        ExitCode = evidence.ExitCode,
        Reason = evidence.Reason,
        Output = evidence.Output,
    };

    private static LabBuildStep Step(BuildStep step) => new()
    {
        Stage = step.Stage,
        Number = step.Number,
        Instruction = step.Instruction,
        Cached = step.Cached,
        Duration = step.Duration,
        Size = step.Size,
    };
}
