using System.Globalization;
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
        string error = secrets.Mask(transcript.Error ?? "the engine ended the build without an image");
        BuildEvidence evidence = Evidence(spec, secrets, transcript, error);
        return new EngineException(EngineErrorId.ImageBuildFailed, Message(spec, evidence), Recommendation(spec, error))
        {
            Remedies = IsMissingFrontEnd(error) || IsMissingBase(error) ? [] : [Remedy.BuildImages(spec.Service is { } service ? [service] : [])],
            Service = spec.Service,
            Build = evidence,
        };
    }

    [GeneratedRegex(@"(?:exit code: |returned a non-zero code: )(\d+)")]
    private static partial Regex ExitCode();

    [GeneratedRegex(@"dockerfile parse error(?: on)? line (?<line>\d+): (?<reason>.*)", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex ParseError();

    private static BuildEvidence Evidence(BuildSpec spec, BuildSecrets secrets, BuildTranscript transcript, string error)
    {
        var evidence = new BuildEvidence { Service = spec.Service, Image = spec.Names.Count > 0 ? spec.Names[0] : null, Reason = error };
        if (transcript.FailedStep is { } step)
        {
            return evidence with
            {
                Step = step with { Instruction = secrets.Mask(step.Instruction), Error = error },
                ExitCode = Number(ExitCode().Match(error).Groups[1]),
                Output = [.. transcript.FailedOutput.Select(secrets.Mask)],
            };
        }

        return ParseError().Match(error) is { Success: true } parse
            ? evidence with
            {
                Reason = parse.Groups["reason"].Value.Trim(),
                Dockerfile = spec.DockerfileInline is null ? Path.Combine(spec.Context, spec.Dockerfile) : null,
                Line = Number(parse.Groups["line"]) ?? 0,
            }
            : evidence;
    }

    private static int? Number(Group digits) => int.TryParse(digits.ValueSpan, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static string Message(BuildSpec spec, BuildEvidence evidence)
    {
        if (evidence.Step is not { } step)
        {
            string sentence = $"The image of {spec.Title} was not built: {evidence.Reason.TrimEnd('.')}.";
            // A fault of the Dockerfile itself is told with its place, in the form that editors make clickable.
            return evidence.Line == 0 ? sentence : $"{evidence.Dockerfile ?? "dockerfile_inline"}:{evidence.Line}:1: {sentence}";
        }

        string reason = evidence.ExitCode is { } code ? $"exit code {code}" : evidence.Reason;
        string tail = evidence.Output.Count == 0 ? "" : $" Its last output:{string.Concat(evidence.Output.Select(line => $"\n  {line}"))}";
        return $"The image of {spec.Title} was not built: step {step.Position} '{step.Instruction}' failed ({reason}).{tail}";
    }

    // Every front end in use is called so, by its own project or by a mirror.
    private static bool IsMissingFrontEnd(string error) => error.Contains("docker/dockerfile", StringComparison.Ordinal);

    private static bool IsMissingBase(string error) => error.Contains("pull access denied", StringComparison.Ordinal)
        || error.Contains("failed to resolve", StringComparison.Ordinal) || error.Contains("no such host", StringComparison.Ordinal)
        || error.Contains("i/o timeout", StringComparison.Ordinal) || error.Contains("manifest unknown", StringComparison.Ordinal);

    private static string Recommendation(BuildSpec spec, string error)
    {
        string file = spec.DockerfileInline is null ? spec.Dockerfile : "dockerfile_inline";
        if (IsMissingFrontEnd(error))
        {
            return $"The line '# syntax=' at the top of {file} makes the engine fetch another front end for builds, which is not available. Remove the line: the engine has a built-in one.";
        }

        return IsMissingBase(error)
            ? "A base image is missing and could not be pulled. Use an image that is available, or run compose/base-images/ensure.sh for the bundled lab."
            : $"Fix {file} and build again";
    }
}
