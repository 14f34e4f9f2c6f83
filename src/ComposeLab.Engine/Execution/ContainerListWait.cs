using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>
/// Waits until the engine's list of containers shows what a plan has changed. Engines answer a stop when the container has exited, and update their list a moment
/// later; without the wait, the next command could still read that the container is running.
/// </summary>
/// <param name="engine">The engine.</param>
/// <param name="time">The clock.</param>
internal sealed class ContainerListWait(IEngine engine, TimeProvider time)
{
    private const int Attempts = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits.</summary>
    /// <param name="plan">The plan, which was carried out.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when the list agrees with the containers themselves, or after two seconds.</returns>
    public async Task RunAsync(StackPlan plan, CancellationToken token)
    {
        HashSet<ResourceId> replaced = [.. plan.Operations.Where(operation => operation is RemoveContainerOperation or StartContainerOperation { Paused: false }).Select(operation => operation.Resource)];
        Dictionary<string, ContainerState> expected = new(StringComparer.Ordinal);
        foreach (Operation operation in plan.Operations.Where(operation => !replaced.Contains(operation.Resource)))
        {
            (string Container, ContainerState State)? change = operation switch
            {
                StopContainerOperation stop => (stop.Container, ContainerState.Exited),
                SignalContainerOperation signal => (signal.Container, ContainerState.Exited),
                PauseContainerOperation pause => (pause.Container, ContainerState.Paused),
                StartContainerOperation resume => (resume.Container, ContainerState.Running),
                _ => null,
            };
            if (change is { } made)
            {
                expected[made.Container] = made.State;
            }
        }

        for (int attempt = 0; expected.Count > 0 && attempt < Attempts && !await AgreesAsync(plan.ProjectName, expected, token).ConfigureAwait(false); attempt++)
        {
            await Task.Delay(Pause, time, token).ConfigureAwait(false);
        }
    }

    private async Task<bool> AgreesAsync(string projectName, Dictionary<string, ContainerState> expected, CancellationToken token)
    {
        foreach (ContainerSummary row in await engine.ListContainersAsync([$"{StackLabels.Project}={projectName}"], token).ConfigureAwait(false))
        {
            // The container itself decides: a signal need not end it, and somebody else can have started it again.
            if ((expected.TryGetValue(row.Id, out ContainerState state) || expected.TryGetValue(row.Name, out state))
                && row.State != state
                && await engine.ReadRunStateAsync(row.Id, token).ConfigureAwait(false) is { } own
                && own.State != row.State)
            {
                return false;
            }
        }

        return true;
    }
}
