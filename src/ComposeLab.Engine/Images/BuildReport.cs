using ComposeLab.Compose.Secrets;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Images.Buildx;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Images;

/// <summary>Converts the steps of a build to events: the image, and one child per stage whose steps are counted.</summary>
/// <param name="spec">What is built.</param>
/// <param name="secrets">Hides secrets in instructions.</param>
/// <param name="events">Receives the events.</param>
internal sealed class BuildReport(BuildSpec spec, BuildSecrets secrets, IEngineEvents events)
{
    private readonly ResourceId _image = ResourceId.Image(spec.Names.Count > 0 ? spec.Names[0] : spec.Title);
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);

    /// <summary>Reports the start of the build.</summary>
    public void Begin() => Report(EventPhase.Working, "building");

    /// <summary>Reports the finished image.</summary>
    public void End() => Report(EventPhase.Done, "built");

    /// <summary>Reports the failed build.</summary>
    public void Fail() => Report(EventPhase.Failed, "build failed");

    /// <summary>Reports a step.</summary>
    /// <param name="step">Its state.</param>
    public void Step(BuildStep step)
    {
        if (step.Completed)
        {
            _ended.Add(step.Position);
        }

        string stage = step.Stage.Length == 0 ? "" : $"{step.Stage} ";
        int ended = _ended.Count(position => step.Stage.Length == 0 || position.StartsWith(stage, StringComparison.Ordinal));
        events.Report(new EngineEvent
        {
            Resource = ResourceId.BuildStage(step.Stage),
            Parent = _image,
            Phase = step.Error is not null ? EventPhase.Failed : ended == step.Total ? EventPhase.Done : EventPhase.Working,
            Status = $"[{step.Position}] {secrets.Mask(step.Instruction)}: {Word(step)}",
            Current = ended,
            Total = step.Total,
            Service = spec.Service,
        });
    }

    private static string Word(BuildStep step) => step switch
    {
        { Error: not null } => "failed",
        { Cached: true } => "cached",
        { Completed: true } => "done",
        _ => "running",
    };

    private void Report(EventPhase phase, string status) =>
        events.Report(new EngineEvent { Resource = _image, Phase = phase, Status = status, Service = spec.Service });
}

/// <summary>Masks secrets in the output of a build: its secrets, values of arguments with secret names, and values that look secret.</summary>
/// <param name="spec">The build.</param>
internal sealed class BuildSecrets(BuildSpec spec)
{
    // A shorter value occurs in texts by chance.
    private const int ShortestContent = 4;
    private const int LongestFile = 64 * 1024;

    private readonly string[] _values =
    [
        .. spec.Arguments.Where(argument => !string.IsNullOrEmpty(argument.Value) && SecretMask.Standard.IsSecretName(argument.Key)).Select(argument => argument.Value!)
            .Concat(spec.Buildx.Secrets.Select(Content).Where(content => content.Length >= ShortestContent)).OrderByDescending(value => value.Length),
    ];

    /// <summary>Hides secrets.</summary>
    /// <param name="text">An instruction or a line of output.</param>
    /// <returns>The text without them.</returns>
    public string Mask(string text) => SecretMask.Standard.MaskText(
        _values.Aggregate(text, (masked, value) => masked.Replace(value, SecretMask.Masked, StringComparison.Ordinal)));

    private static string Content(BuildxSecret secret)
    {
        try
        {
            return (secret.Value ?? (secret.File is { } file && new FileInfo(file) is { Exists: true, Length: <= LongestFile } ? File.ReadAllText(file) : "")).Trim();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The build itself reports that the file cannot be read.
            return "";
        }
    }
}
