using System.Text.RegularExpressions;
using ComposeLab.Compose.Secrets;
using ComposeLab.Engine.Images.Trace;

namespace ComposeLab.Engine.Images;

/// <summary>Puts a failed build into words: the step, its exit code and what it wrote last.</summary>
internal static partial class BuildFailure
{
    /// <summary>Makes the error.</summary>
    /// <param name="spec">What was built.</param>
    /// <param name="transcript">What the engine said.</param>
    /// <returns>The error; values of secret build arguments are masked in it.</returns>
    public static EngineException Of(BuildSpec spec, BuildTranscript transcript)
    {
        var error = transcript.Error ?? "the engine ended the build without an image";
        var output = transcript.FailedOutput.Select(line => Masked(line, spec)).ToList();
        if (transcript.FailedStep is not { } step)
        {
            return new EngineException(
                EngineErrorId.ImageBuildFailed, $"The image of {spec.Title} was not built: {Masked(error, spec)}.", Recommendation(spec, error))
            {
                Service = spec.Service,
            };
        }

        var code = ExitCode().Match(error);
        var reason = code.Success ? $"exit code {code.Groups[1].Value}" : Masked(error, spec);
        var tail = output.Count == 0 ? string.Empty : $" Its last output:{string.Concat(output.Select(line => $"\n  {line}"))}";
        return new EngineException(
            EngineErrorId.ImageBuildFailed,
            $"The image of {spec.Title} was not built: step {step.Position} '{Masked(step.Instruction, spec)}' failed ({reason}).{tail}",
            Recommendation(spec, error))
        {
            Service = spec.Service,
        };
    }

    [GeneratedRegex(@"(?:exit code: |returned a non-zero code: )(\d+)")]
    private static partial Regex ExitCode();

    private static string Recommendation(BuildSpec spec, string error) => error switch
    {
        _ when error.Contains("pull access denied", StringComparison.Ordinal) || error.Contains("failed to resolve", StringComparison.Ordinal)
            || error.Contains("no such host", StringComparison.Ordinal) || error.Contains("i/o timeout", StringComparison.Ordinal)
            => "A base image is neither on the engine nor to be had: name one that is, or run compose/base-images/ensure.sh for the bundled lab.",
        _ when error.Contains("dockerfile parse error", StringComparison.OrdinalIgnoreCase) || error.Contains("unknown instruction", StringComparison.Ordinal)
            => $"Correct the line in {spec.Dockerfile}.",
        _ => $"Correct the step in {spec.Dockerfile} and build again: Build-LabImage{(spec.Service is { } service ? $" -Service {service}" : string.Empty)}",
    };

    private static string Masked(string text, BuildSpec spec)
    {
        foreach (var (name, value) in spec.Arguments)
        {
            if (!string.IsNullOrEmpty(value) && SecretMask.Standard.IsSecretName(name))
            {
                text = text.Replace(value, SecretMask.Masked, StringComparison.Ordinal);
            }
        }

        return text;
    }
}
