using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>Waits until one container is what a plan needs it to be.</summary>
/// <param name="engine">The engine.</param>
/// <param name="watch">Wakes the wait when something happens.</param>
internal sealed class ContainerWait(IEngine engine, ContainerWatch watch)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Waits.</summary>
    /// <param name="wait">The container, the condition and the limit.</param>
    /// <param name="token">Cancels the wait within a second.</param>
    /// <returns>Whether this module's own probe saw it healthy before the engine did.</returns>
    /// <exception cref="EngineException">ServiceUnhealthy or ServiceExited, with what the container said about itself.</exception>
    public async Task<bool> RunAsync(WaitOperation wait, CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(wait.Limit);
        ContainerDetails? last = null;
        try
        {
            TimeSpan pause = TimeSpan.FromMilliseconds(50);
            while (true)
            {
                last = await engine.InspectContainerAsync(wait.Container, limit.Token).ConfigureAwait(false)
                    ?? throw WaitFault.Gone(wait);
                if (await JudgeAsync(wait, last, limit.Token).ConfigureAwait(false))
                {
                    return false;
                }

                if (wait.Probe && last.Health == HealthStatus.Starting
                    && await HealthProbing.PassesAsync(engine, last, limit.Token).ConfigureAwait(false))
                {
                    return true;
                }

                await watch.NextAsync(pause, limit.Token).ConfigureAwait(false);
                pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
            }
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw await WaitFault.TooLateAsync(engine, wait, last, token).ConfigureAwait(false);
        }
    }

    private async Task<bool> JudgeAsync(WaitOperation wait, ContainerDetails container, CancellationToken token)
    {
        bool ended = container.State is ContainerState.Exited or ContainerState.Dead;
        switch (wait.Condition)
        {
            case WaitCondition.Completed:
                return ended && (container.ExitCode == 0 ? true : throw await WaitFault.ExitedAsync(engine, wait, container, token).ConfigureAwait(false));
            case WaitCondition.Ready when ended && container.ExitCode == 0:
                return true;
        }

        if (ended)
        {
            throw await WaitFault.ExitedAsync(engine, wait, container, token).ConfigureAwait(false);
        }

        return container.Health switch
        {
            HealthStatus.Healthy => true,
            HealthStatus.Unhealthy => throw await WaitFault.UnhealthyAsync(engine, wait, container, token).ConfigureAwait(false),
            HealthStatus.None when wait.Condition == WaitCondition.Healthy => throw WaitFault.NoHealthcheck(wait),
            HealthStatus.None => container.State is ContainerState.Running or ContainerState.Paused,
            _ => false,
        };
    }
}
