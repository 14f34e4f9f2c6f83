using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>Checks again every container that a plan waited for: one that was ready may have exited during the wait for others.</summary>
/// <param name="engine">The engine.</param>
/// <param name="plan">The plan.</param>
/// <param name="errors">Describes a container that exited.</param>
internal sealed class FinalCheck(IEngine engine, StackPlan plan, WaitErrors errors)
{
    private readonly WaitOperation[] _waits = [.. plan.Operations.OfType<WaitOperation>().Where(wait => wait.Condition == WaitCondition.Ready && wait.Required)];
    private readonly HashSet<ResourceId> _started = [.. plan.Operations.OfType<StartContainerOperation>().Select(start => start.Resource)];

    /// <summary>Checks the containers.</summary>
    /// <param name="token">Cancels the check.</param>
    /// <returns>Completes if all of them are running, or exited with code 0.</returns>
    /// <exception cref="EngineException">ServiceExited: a container exited, is restarting, or was restarted since the plan started it.</exception>
    public async Task RunAsync(CancellationToken token)
    {
        if (_waits.Length == 0)
        {
            return;
        }

        string[] labels = [$"{StackLabels.Project}={plan.ProjectName}"];
        IReadOnlyList<ContainerSummary> rows = await engine.ListContainersAsync(labels, token).ConfigureAwait(false);
        await Task.WhenAll(_waits.Select(wait => CheckAsync(wait, rows.FirstOrDefault(row => row.Name == wait.Container || row.Id == wait.Container), token)))
            .ConfigureAwait(false);
    }

    private async Task CheckAsync(WaitOperation wait, ContainerSummary? row, CancellationToken token)
    {
        bool failed = row switch
        {
            null => throw WaitErrors.Gone(wait),
            { State: ContainerState.Exited or ContainerState.Dead } => row.ExitCode != 0,
            { State: ContainerState.Restarting } => true,
            { State: ContainerState.Running, Health: HealthStatus.None } => _started.Contains(wait.Resource) && await WasRestartedAsync(row, token).ConfigureAwait(false),
            _ => false,
        };
        if (failed)
        {
            throw await errors.ExitedAsync(wait, row, token).ConfigureAwait(false);
        }
    }

    // The engine counts from the last requested start, which was part of the plan.
    private async Task<bool> WasRestartedAsync(ContainerSummary row, CancellationToken token) =>
        await engine.InspectContainerAsync(row.Id, token).ConfigureAwait(false) is { RestartCount: > 0 };
}
