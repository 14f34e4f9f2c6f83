using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Looks, before anything changes, for what would make a start fail half-way; tells all of it at once.</summary>
/// <param name="engine">The engine.</param>
internal sealed class Preflight(IEngine engine)
{
    /// <summary>Checks a planned start.</summary>
    /// <param name="project">The project.</param>
    /// <param name="observed">What the engine holds.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="token">Cancels the checks.</param>
    /// <returns>Completes when nothing stands in the way.</returns>
    /// <exception cref="EngineException">PreflightFailed, with all findings.</exception>
    public async Task CheckAsync(ComposeProject project, ObservedState observed, StackPlan plan, CancellationToken token)
    {
        _ = (engine, project, observed, token);
        await Task.CompletedTask.ConfigureAwait(false);
        if (plan.Findings.Count > 0)
        {
            throw Fault(plan.Findings);
        }
    }

    private static EngineException Fault(IReadOnlyList<PreflightFinding> findings) => new(
        EngineErrorId.PreflightFailed,
        findings is [var only] ? only.Message : $"{findings.Count} things stand in the way of this start; nothing was changed.",
        findings is [var one] ? one.Recommendation : "See to each of the findings.")
    {
        Service = findings[0].Service,
        Findings = findings,
    };
}
