using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>Wakes waits whenever something happens to a container of the stack.</summary>
internal sealed class ContainerWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending;
    private readonly Task _watching;
    private readonly object _guard = new();
    private TaskCompletionSource _next = Fresh();

    /// <summary>Begins to watch.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="projectName">The stack's project.</param>
    /// <param name="token">Ends the watching.</param>
    public ContainerWatch(IEngine engine, string projectName, CancellationToken token)
    {
        _ending = CancellationTokenSource.CreateLinkedTokenSource(token);
        _watching = WatchAsync(engine, projectName, _ending.Token);
    }

    /// <summary>Waits for the next event.</summary>
    /// <param name="limit">How long at most; the engine's stream may be late or broken, so waits look again by themselves.</param>
    /// <param name="token">Cancels the wait.</param>
    /// <returns>Completes after an event or the limit.</returns>
    public async Task NextAsync(TimeSpan limit, CancellationToken token)
    {
        Task next;
        lock (_guard)
        {
            next = _next.Task;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(token);
        await Task.WhenAny(next, Task.Delay(limit, either.Token)).ConfigureAwait(false);
        await either.CancelAsync().ConfigureAwait(false);
        token.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private async Task WatchAsync(IEngine engine, string projectName, CancellationToken token)
    {
        await foreach (ContainerNotice notice in engine
            .WatchContainersAsync([$"{StackLabels.Project}={projectName}"], token).ConfigureAwait(false))
        {
            if (notice.Action is "die" or "start" || notice.Action.StartsWith("health_status", StringComparison.Ordinal))
            {
                Wake();
            }
        }
    }

    private void Wake()
    {
        TaskCompletionSource woken;
        lock (_guard)
        {
            woken = _next;
            _next = Fresh();
        }

        woken.SetResult();
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
