using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>What the parts of one start's planning share.</summary>
/// <param name="Project">The project.</param>
/// <param name="Observed">What the engine holds.</param>
/// <param name="Options">How it is started.</param>
/// <param name="Engine">What the engine can do.</param>
/// <param name="Draft">The plan so far.</param>
internal sealed record StartScope(
    ComposeProject Project, ObservedState Observed, StartOptions Options, EngineInfo Engine, PlanDraft Draft)
{
    /// <summary>The planned services by name, each put in when its containers are planned.</summary>
    public Dictionary<string, PlannedService> Services { get; } = new(StringComparer.Ordinal);

    /// <summary>The containers that the plan stops before it comes to them, by id.</summary>
    public Dictionary<string, EarlyStop> Stopped { get; } = new(StringComparer.Ordinal);

    /// <summary>The services that are started, each after those it depends on.</summary>
    public required IReadOnlyList<ServiceDefinition> Selected { get; init; }

    /// <summary>Adds the steps that end containers.</summary>
    public ContainerEnds Ends { get; } = new(Draft, Project, Options.StopLimit);
}
