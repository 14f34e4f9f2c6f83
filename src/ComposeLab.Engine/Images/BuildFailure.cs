using System.Globalization;
using System.Text.RegularExpressions;
using ComposeLab.Engine.Images.Trace;

namespace ComposeLab.Engine.Images;

/// <summary>Creates the error of a failed build: the step, its exit code and its last output.</summary>
internal static partial class BuildFailure
{
    /// <summary>Creates the error.</summary>
    /// <param name="spec">What was built.</param>
    /// <param name="secrets">Hides secrets in the engine's messages.</param>
    /// <param name="transcript">The engine's output.</param>
    /// <param name="line">The line of the Dockerfile that failed, from 1, if the builder names it; otherwise 0.</param>
    /// <returns>The error.</returns>
    public static EngineException Of(BuildSpec spec, BuildSecrets secrets, BuildTranscript transcript, int line = 0)
    {
        string error = secrets.Mask(transcript.Error ?? "the engine finished the build without an image");
        BuildEvidence evidence = Evidence(spec, secrets, transcript, error, line);
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

    private static BuildEvidence Evidence(BuildSpec spec, BuildSecrets secrets, BuildTranscript transcript, string error, int line)
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
                Dockerfile = Dockerfile(spec),
                Line = Number(parse.Groups["line"]) ?? 0,
            }
            : line > 0 ? evidence with { Dockerfile = Dockerfile(spec), Line = line } : evidence;
    }

    private static string? Dockerfile(BuildSpec spec) => spec.DockerfileInline is null && !spec.HasRemoteContext ? Path.Combine(spec.Context, spec.Dockerfile) : null;

    private static int? Number(Group digits) => int.TryParse(digits.ValueSpan, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static string Message(BuildSpec spec, BuildEvidence evidence)
    {
        if (evidence.Step is not { } step)
        {
            string sentence = $"Could not build the image of {spec.Title}: {evidence.Reason.TrimEnd('.')}.";
            // An error in the Dockerfile itself is reported with its place, in the form that editors make clickable.
            return evidence.Line == 0 ? sentence : $"{evidence.Dockerfile ?? "dockerfile_inline"}:{evidence.Line}:1: {sentence}";
        }

        string reason = evidence.ExitCode is { } code ? $"exit code {code}" : evidence.Reason;
        string tail = evidence.Output.Count == 0 ? "" : $" Last output:{string.Concat(evidence.Output.Select(line => $"\n  {line}"))}";
        return $"Could not build the image of {spec.Title}: step {step.Position} '{step.Instruction}' failed ({reason}).{tail}";
    }

    // All frontends in use have this name, from the original project or a mirror.
    private static bool IsMissingFrontEnd(string error) => error.Contains("docker/dockerfile", StringComparison.Ordinal);

    private static bool IsMissingBase(string error) => Says(error, "pull access denied", "failed to resolve", "no such host", "i/o timeout", "manifest unknown", "manifest for ");

    private static bool Says(string error, params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (error.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static string Recommendation(BuildSpec spec, string error)
    {
        string file = spec.DockerfileInline is null ? spec.Dockerfile : "dockerfile_inline";
        if (IsMissingFrontEnd(error))
        {
            return $"The line '# syntax=' at the top of {file} selects a frontend that is not available. Remove the line to use the built-in frontend.";
        }

        if (Says(error, "no matching manifest", "does not match the specified platform", "exec format error", "unsupported platform", "invalid platform", "unknown operating system or architecture"))
        {
            return $"The platform{(spec.Platform is { } platform ? $" {platform}" : "")} is not supported by the base image or the engine. Correct platform in the compose file, or DOCKER_DEFAULT_PLATFORM";
        }

        if (Says(error, "no active session", "secret", "ssh-agent") && Says(error, "not found", "session", "required", "no active"))
        {
            return $"A step of {file} mounts a secret or an ssh key that the build does not get. Add it to build.secrets or build.ssh in the compose file";
        }

        if (Buildx.BuildxAdvice.Of(error) is { } advice)
        {
            return advice;
        }

        if (Says(error, "unknown instruction") && Text(spec).Contains("<<", StringComparison.Ordinal))
        {
            return $"{file} uses here-documents, which need Docker 23 or later. Join the lines with && instead";
        }

        return IsMissingBase(error)
            ? $"A base image{(Reference(error) is { } image ? $" ({image})" : "")} is missing and could not be pulled. Correct its name in {file}, sign in to its registry, or build or load it first."
            : Says(error, "no space left on device")
                ? "Free space on the engine's disk, for example with: docker builder prune"
                : $"Fix {file} and build again";
    }

    private static string Text(BuildSpec spec) => Context.BuildContext.DockerfileText(spec);

    private static string? Reference(string error) => ImageReference().Match(error) is { Success: true } match ? match.Groups["image"].Value : null;

    [GeneratedRegex(@"(?:pull access denied for |failed to resolve source metadata for |manifest for )(?<image>[\w./:@-]+?)(?=,|:?\s|:?$)")]
    private static partial Regex ImageReference();
}
