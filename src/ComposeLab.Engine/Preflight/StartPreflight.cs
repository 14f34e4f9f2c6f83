using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Preflight;

/// <summary>Checks, before any change, for problems that would make a start fail in the middle, and reports all of them together.</summary>
/// <param name="engine">The engine.</param>
internal sealed class StartPreflight(IEngine engine)
{
    /// <summary>Checks a planned start.</summary>
    /// <param name="project">The project.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="token">Cancels the checks.</param>
    /// <returns>The findings that prevent the start, the planner's findings first.</returns>
    public async Task<IReadOnlyList<PreflightFinding>> FindAsync(ComposeProject project, StackPlan plan, CancellationToken token) =>
        [.. plan.Findings, .. await HeldAsync(project, plan, token).ConfigureAwait(false)];

    /// <summary>Requires that nothing prevents a plan from being executed.</summary>
    /// <param name="plan">The plan.</param>
    /// <exception cref="EngineException">PreflightFailed, with all findings.</exception>
    public static void Require(StackPlan plan)
    {
        if (plan.Findings.Count > 0)
        {
            throw Fault(plan.Findings);
        }
    }

    // Resources in use by others. A start that creates and publishes nothing needs no query.
    private async Task<IReadOnlyList<PreflightFinding>> HeldAsync(ComposeProject project, StackPlan plan, CancellationToken token)
    {
        IReadOnlyList<WantedPort> wanted = WantedPort.Of(project, plan);
        if (wanted.Count == 0 && !plan.Foreseen.OfType<CreateContainerOperation>().Any())
        {
            return [];
        }

        IReadOnlyList<ContainerSummary> containers = await engine.ListContainersAsync([], token).ConfigureAwait(false);
        IReadOnlyList<HostListener> listeners = wanted.Count > 0 && engine.Info.Endpoint.IsLocal ? HostListeners.Read() : [];
        return [.. NameCheck.Find(project, plan, containers), .. PortCheck.Find(wanted, plan, containers, listeners)];
    }

    private static EngineException Fault(IReadOnlyList<PreflightFinding> findings) => new(
        EngineErrorId.PreflightFailed,
        findings is [var only] ? only.Message : $"{findings.Count} problems found. Nothing was changed.",
        findings is [var one] ? one.Recommendation : "Fix each of them.")
    {
        Service = findings[0].Service,
        Findings = findings,
    };
}
