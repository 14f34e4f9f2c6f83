using ComposeLab.Engine.Images;
using ComposeLab.Engine.Images.Caching;

namespace ComposeLab.Images;

/// <summary>Creates the output objects of a build cache measurement.</summary>
internal static class CacheObjects
{
    /// <summary>Creates the objects.</summary>
    /// <param name="project">The project name; empty for a separate Dockerfile.</param>
    /// <param name="service">The service of the image; empty for a separate Dockerfile.</param>
    /// <param name="outcomes">The outcomes, one for each scenario.</param>
    /// <returns>The objects, in the same order.</returns>
    public static IEnumerable<LabCacheResult> Of(string project, string service, IReadOnlyList<CacheOutcome> outcomes) => outcomes.Select(outcome => new LabCacheResult
    {
        ProjectName = project,
        Service = service,
        Scenario = Enum.Parse<LabCacheScenario>(outcome.Scenario.ToString()),
        ChangedPath = outcome.ChangedPath,
        Duration = outcome.Duration,
        Steps = [.. outcome.Steps.Select(step => Step(step.Step, step.Why))],
        RuleHolds = outcome.Scenario == CacheScenario.Code ? CacheRule.Holds(outcomes) : null,
        Why = CacheRule.Explain(outcome),
    });

    private static LabCacheStep Step(BuildStep step, string why) => new()
    {
        Stage = step.Stage,
        Number = step.Number,
        Instruction = step.Instruction,
        Cached = step.Cached,
        Duration = step.Duration,
        Why = why,
    };
}
