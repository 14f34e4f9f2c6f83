using System.Text.RegularExpressions;
using ComposeLab.Engine.Images.Trace;

namespace ComposeLab.Engine.Images;

/// <summary>Puts a failed build into words: the step, its exit code and what it wrote last.</summary>
internal static partial class BuildFailure
{
    /// <summary>Makes the error.</summary>
    /// <param name="spec">What was built.</param>
    /// <param name="secrets">Hides secrets in the engine's words.</param>
    /// <param name="transcript">What the engine said.</param>
    /// <returns>The error.</returns>
    public static EngineException Of(BuildSpec spec, BuildSecrets secrets, BuildTranscript transcript)
    {
        var error = transcript.Error ?? "the engine ended the build without an image";
        var output = transcript.FailedOutput.Select(line => secrets.Mask(line)).ToList();
        if (transcript.FailedStep is not { } step)
        {
            return new EngineException(
                EngineErrorId.ImageBuildFailed, WithoutStep(spec, secrets.Mask(error)), Recommendation(spec, error))
            {
                Service = spec.Service,
            };
        }

        var code = ExitCode().Match(error);
        var reason = code.Success ? $"exit code {code.Groups[1].Value}" : secrets.Mask(error);
        var tail = output.Count == 0 ? string.Empty : $" Its last output:{string.Concat(output.Select(line => $"\n  {line}"))}";
        return new EngineException(
            EngineErrorId.ImageBuildFailed,
            $"The image of {spec.Title} was not built: step {step.Position} '{secrets.Mask(step.Instruction)}' failed ({reason}).{tail}",
            Recommendation(spec, error))
        {
            Service = spec.Service,
        };
    }

    [GeneratedRegex(@"(?:exit code: |returned a non-zero code: )(\d+)")]
    private static partial Regex ExitCode();

    [GeneratedRegex(@"dockerfile parse error(?: on)? line (?<line>\d+): (?<reason>.*)", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex ParseError();

    // A fault of the Dockerfile itself is told with its place, in the form that editors make clickable.
    private static string WithoutStep(BuildSpec spec, string error)
    {
        Match parse = ParseError().Match(error);
        if (!parse.Success)
        {
            return $"The image of {spec.Title} was not built: {error}.";
        }

        string file = spec.DockerfileInline is null ? Path.Combine(spec.Context, spec.Dockerfile) : "dockerfile_inline";
        return $"{file}:{parse.Groups["line"].Value}:1: The image of {spec.Title} was not built: {parse.Groups["reason"].Value.Trim()}.";
    }

    private static bool IsMissingBase(string error) => error.Contains("pull access denied", StringComparison.Ordinal)
        || error.Contains("failed to resolve", StringComparison.Ordinal) || error.Contains("no such host", StringComparison.Ordinal)
        || error.Contains("i/o timeout", StringComparison.Ordinal) || error.Contains("manifest unknown", StringComparison.Ordinal);

    private static string Recommendation(BuildSpec spec, string error)
    {
        string file = spec.DockerfileInline is null ? spec.Dockerfile : "dockerfile_inline";
        return IsMissingBase(error)
            ? "A base image is neither on the engine nor to be had: name one that is, or run compose/base-images/ensure.sh for the bundled lab."
            : $"Correct {file} and build again: Build-LabImage{(spec.Service is { } service ? $" -Service {service}" : string.Empty)}";
    }
}
