using System.Collections.Concurrent;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>
/// Stops containers. Steps that wait for a container's exit continue when its process has exited. The engine needs much longer to remove its network and file
/// system, which matters only for steps that remove or start the same container.
/// </summary>
internal sealed class ContainerStops : IAsyncDisposable
{
    private readonly IEngine _engine;
    private readonly CancellationTokenSource _ending;
    private readonly Task _watching;
    private readonly ConcurrentDictionary<string, Task> _calls = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _deaths = new(StringComparer.Ordinal);

    /// <summary>Starts to watch.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="projectName">The project.</param>
    /// <param name="token">Cancels the watch.</param>
    public ContainerStops(IEngine engine, string projectName, CancellationToken token)
    {
        _engine = engine;
        _ending = CancellationTokenSource.CreateLinkedTokenSource(token);
        _watching = WatchAsync($"{StackLabels.Project}={projectName}", _ending.Token);
    }

    /// <summary>Stops a container.</summary>
    /// <param name="stop">The step.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when its process has exited.</returns>
    public async Task StopAsync(StopContainerOperation stop, CancellationToken token)
    {
        var died = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _deaths[stop.Container] = died;
        Task call = _calls[stop.Id] = _engine.StopContainerAsync(stop.Container, stop.Limit, token);
        await (await Task.WhenAny(call, died.Task).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>Waits until the engine is done with containers that were stopped here.</summary>
    /// <param name="steps">The ids of steps; steps other than stops are ignored.</param>
    /// <returns>Completes when all calls have completed.</returns>
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

    // Without events, the answers of the calls are used, which arrive later.
    private async Task WatchAsync(string label, CancellationToken token)
    {
        await foreach (ContainerEvent notice in _engine.WatchContainersAsync([label], since: null, until: null, token).ConfigureAwait(false))
        {
            if (notice.Action == "die" && _deaths.TryGetValue(notice.ContainerId, out TaskCompletionSource? died))
            {
                died.TrySetResult();
            }
        }
    }
}
