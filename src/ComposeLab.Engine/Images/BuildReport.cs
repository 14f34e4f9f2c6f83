using ComposeLab.Engine.Execution;

namespace ComposeLab.Engine.Images;

/// <summary>Turns the steps of a build into events: the image, and one child per step.</summary>
/// <param name="spec">What is built.</param>
/// <param name="events">Gets the events.</param>
internal sealed class BuildReport(BuildSpec spec, IEngineEvents events)
{
    private readonly string _image = $"image {(spec.Names.Count > 0 ? spec.Names[0] : spec.Title)}";
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);

    /// <summary>Tells that the build begins.</summary>
    public void Begin() => Report(EventPhase.Working, "building");

    /// <summary>Tells that the image is there.</summary>
    public void End() => Report(EventPhase.Done, "built");

    /// <summary>Tells that the build failed.</summary>
    public void Fail() => Report(EventPhase.Failed, "build failed");

    /// <summary>Tells of a step.</summary>
    /// <param name="step">Its state.</param>
    public void Step(BuildStep step)
    {
        if (step.Completed)
        {
            _ended.Add(step.Position);
        }

        events.Report(new EngineEvent
        {
            Resource = $"[{step.Position}] {step.Instruction}",
            Parent = _image,
            Phase = step.Error is not null ? EventPhase.Failed : step.Completed ? EventPhase.Done : EventPhase.Working,
            Status = step.Error is not null ? "failed" : step.Cached ? "cached" : step.Completed ? "ran" : "running",
            Current = _ended.Count,
            Service = spec.Service,
        });
    }

    private void Report(EventPhase phase, string status) =>
        events.Report(new EngineEvent { Resource = _image, Phase = phase, Status = status, Service = spec.Service });
}
