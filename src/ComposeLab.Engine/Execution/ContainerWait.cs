using System.Diagnostics;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>Waits until a container has the state that a plan needs.</summary>
/// <param name="engine">The engine.</param>
/// <param name="watch">Provides the containers, and wakes the wait when something happens.</param>
/// <param name="probes">Runs healthchecks earlier than the engine.</param>
/// <param name="errors">Describes a container that does not get ready.</param>
internal sealed class ContainerWait(IEngine engine, StackWatch watch, HealthProbing probes, WaitErrors errors)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    // A process that is about to fail runs for a moment first. Without a healthcheck, only time distinguishes the two.
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(1);
    private static readonly string[] JustStarted = ["Up Less than a second", "Up 1 second"];

    /// <summary>Waits.</summary>
    /// <param name="wait">The container, the condition and the limit.</param>
    /// <param name="token">Cancels the wait within a second.</param>
    /// <returns>The container, and whether this module's own probe saw it healthy before the engine did.</returns>
    /// <exception cref="EngineException">ServiceUnhealthy or ServiceExited, with details of the container; ServicePaused.</exception>
    public async Task<(ContainerSummary Container, bool SeenByProbe)> RunAsync(WaitOperation wait, CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(wait.Limit);
        ContainerSummary? last = null;
        try
        {
            TimeSpan pause = FirstPause;
            Stopwatch up = new();
            while (true)
            {
                Task changed = watch.Changed;
                last = await watch.LookAsync(wait.Container, limit.Token).ConfigureAwait(false) ?? throw WaitErrors.Gone(wait);
                if (last is { State: ContainerState.Running, Health: HealthStatus.Unhealthy } && await HasNoVerdictAsync(last, wait, limit.Token).ConfigureAwait(false))
                {
                    last = last with { Health = HealthStatus.Starting };
                }

                Measure(up, last);
                bool isSettling = IsSettling(last, up, wait.Limit);
                if (await JudgeAsync(wait, last, isSettling, limit.Token).ConfigureAwait(false) && !isSettling)
                {
                    return (last, false);
                }

                long began = Stopwatch.GetTimestamp();
                if (wait.Probe && last.Health == HealthStatus.Starting
                    && await probes.PassesAsync(last.Id, limit.Token).ConfigureAwait(false))
                {
                    return (last, true);
                }

                // A probe competes for the processor with the start that it waits for, so it runs at most a third of the time.
                TimeSpan rest = Stopwatch.GetElapsedTime(began) * 2;
                await StackWatch.NextAsync(changed, rest > pause ? rest : pause, limit.Token).ConfigureAwait(false);
                pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
            }
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw await errors.TooLateAsync(wait, last, token).ConfigureAwait(false);
        }
    }

    private static void Measure(Stopwatch up, ContainerSummary container)
    {
        if (container.State != ContainerState.Running)
        {
            up.Reset();
        }
        else if (!up.IsRunning)
        {
            up.Restart();
        }
    }

    private static bool IsSettling(ContainerSummary container, Stopwatch up, TimeSpan limit) =>
        container is { State: ContainerState.Running, Health: HealthStatus.None }
        && up.Elapsed < (limit / 2 < SettleTime ? limit / 2 : SettleTime)
        && JustStarted.Any(words => container.Status == words || container.Status.StartsWith(words + " (", StringComparison.Ordinal));

    private async Task<bool> JudgeAsync(WaitOperation wait, ContainerSummary container, bool isSettling, CancellationToken token)
    {
        bool ended = container.State is ContainerState.Exited or ContainerState.Dead;
        if (ended && wait.Condition != WaitCondition.Healthy && container.ExitCode == 0)
        {
            return true;
        }

        if (ended)
        {
            throw await errors.ExitedAsync(wait, container, token).ConfigureAwait(false);
        }

        if (wait.Condition == WaitCondition.Completed || (isSettling && wait.Condition == WaitCondition.Healthy))
        {
            return false;
        }

        if (container.State == ContainerState.Paused)
        {
            // For a moment, the list can still show the state before the container was resumed.
            return await engine.InspectContainerAsync(container.Id, token).ConfigureAwait(false) is { State: ContainerState.Paused } ? throw WaitErrors.Paused(wait) : false;
        }

        if (container is { State: ContainerState.Restarting, Health: HealthStatus.None } && await HasNoHealthcheckAsync(container, token).ConfigureAwait(false))
        {
            throw await errors.ExitedAsync(wait, container, token).ConfigureAwait(false);
        }

        return container.Health switch
        {
            HealthStatus.Healthy => true,
            HealthStatus.Unhealthy => throw await errors.UnhealthyAsync(wait, container, token).ConfigureAwait(false),
            HealthStatus.None when wait.Condition == WaitCondition.Healthy && container.State == ContainerState.Running => throw WaitErrors.NoHealthcheck(wait),
            HealthStatus.None => container.State == ContainerState.Running,
            _ => false,
        };
    }

    // While a container is restarting, the list does not show whether it has a healthcheck, which would decide.
    private async Task<bool> HasNoHealthcheckAsync(ContainerSummary container, CancellationToken token) =>
        await engine.InspectContainerAsync(container.Id, token).ConfigureAwait(false) is { Healthcheck: null or { Test: [] or ["NONE", ..] } };

    // For a container that was paused, the list shows failed probes although none could run, and a probe that was paused exceeds its limit.
    private async Task<bool> HasNoVerdictAsync(ContainerSummary container, WaitOperation wait, CancellationToken token) =>
        await engine.InspectContainerAsync(container.Id, token).ConfigureAwait(false) is { } details
        && (details.Health == HealthStatus.Starting
            || (wait.Probe && details.Probes is [.., { ExitCode: 0 or -1 }] && await probes.PassesAsync(container.Id, token).ConfigureAwait(false)));
}
