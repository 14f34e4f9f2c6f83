using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Preflight;

/// <summary>Looks, before anything changes, for what would make a start fail half-way; tells all of it at once.</summary>
/// <param name="engine">The engine.</param>
internal sealed class StartPreflight(IEngine engine)
{
    /// <summary>Checks a planned start.</summary>
    /// <param name="project">The project.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="token">Cancels the checks.</param>
    /// <returns>Completes when nothing stands in the way.</returns>
    /// <exception cref="EngineException">PreflightFailed, with all findings.</exception>
    public async Task CheckAsync(ComposeProject project, StackPlan plan, CancellationToken token)
    {
        List<PreflightFinding> findings = [.. plan.Findings, .. await HeldAsync(project, plan, token).ConfigureAwait(false)];
        if (findings.Count > 0)
        {
            throw Fault(findings);
        }
    }

    // What somebody else holds: a start that makes and publishes nothing asks nobody.
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
        findings is [var only] ? only.Message : $"{findings.Count} things stand in the way of this start; nothing was changed.",
        findings is [var one] ? one.Recommendation : "See to each of the findings.")
    {
        Service = findings[0].Service,
        Findings = findings,
    };
}
