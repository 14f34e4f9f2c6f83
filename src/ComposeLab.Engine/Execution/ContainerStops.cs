using System.Collections.Concurrent;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>
/// Stops containers. Those that wait for a container's end go on when its process has died; the engine takes several times as long
/// to take its network and file system apart, which is nobody's concern but of those that remove or start the same container.
/// </summary>
internal sealed class ContainerStops : IAsyncDisposable
{
    private readonly IEngine _engine;
    private readonly CancellationTokenSource _ending;
    private readonly Task _watching;
    private readonly ConcurrentDictionary<string, Task> _calls = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _deaths = new(StringComparer.Ordinal);

    /// <summary>Begins to watch.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="projectName">The project.</param>
    /// <param name="token">Ends the watch.</param>
    public ContainerStops(IEngine engine, string projectName, CancellationToken token)
    {
        _engine = engine;
        _ending = CancellationTokenSource.CreateLinkedTokenSource(token);
        _watching = WatchAsync($"{StackLabels.Project}={projectName}", _ending.Token);
    }

    /// <summary>Stops a container.</summary>
    /// <param name="stop">The step.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when its process has ended.</returns>
    public async Task StopAsync(StopContainerOperation stop, CancellationToken token)
    {
        var died = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _deaths[stop.Container] = died;
        Task call = _calls[stop.Id] = _engine.StopContainerAsync(stop.Container, stop.Limit, token);
        await (await Task.WhenAny(call, died.Task).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>Waits until the engine is done with containers that were stopped here. They are dead by then, whatever becomes of the calls.</summary>
    /// <param name="steps">The ids of steps; those that are no stops are passed over.</param>
    /// <returns>Completes when nothing is under way.</returns>
    public async Task EndedAsync(IEnumerable<string> steps)
    {
        foreach (string step in steps)
        {
            if (_calls.TryGetValue(step, out Task? call))
            {
                await call.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    // Without the events the calls' own answers do, only later.
    private async Task WatchAsync(string label, CancellationToken token)
    {
        await foreach (ContainerEvent notice in _engine.WatchContainersAsync([label], null, token).ConfigureAwait(false))
        {
            if (notice.Action == "die" && _deaths.TryGetValue(notice.ContainerId, out TaskCompletionSource? died))
            {
                died.TrySetResult();
            }
        }
    }
}
