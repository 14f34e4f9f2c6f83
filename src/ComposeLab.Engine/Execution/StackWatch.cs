using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>Provides the containers of a stack to waits: parallel requests share one list, and every event of the engine wakes them.</summary>
internal sealed class StackWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending;
    private readonly Task _watching;
    private readonly SharedListing _listing;
    private readonly object _guard = new();
    private TaskCompletionSource _next = Fresh();

    /// <summary>Starts to watch.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="projectName">The stack's project.</param>
    /// <param name="token">Cancels the watch.</param>
    public StackWatch(IEngine engine, string projectName, CancellationToken token)
    {
        string[] labels = [$"{StackLabels.Project}={projectName}"];
        _ending = CancellationTokenSource.CreateLinkedTokenSource(token);
        _listing = new SharedListing(() => engine.ListContainersAsync(labels, _ending.Token));
        _watching = WatchAsync(engine, labels, _ending.Token);
    }

    /// <summary>Completes with the next event. Get it before reading, so that no event is missed in between.</summary>
    public Task Changed
    {
        get
        {
            lock (_guard)
            {
                return _next.Task;
            }
        }
    }

    /// <summary>Gets a container.</summary>
    /// <param name="container">Its id or name.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The container as it was after the call; null if it does not exist.</returns>
    public async Task<ContainerSummary?> LookAsync(string container, CancellationToken token)
    {
        IReadOnlyList<ContainerSummary> rows = await ListAsync(token).ConfigureAwait(false);
        return rows.FirstOrDefault(row => row.Name == container || row.Id == container);
    }

    /// <summary>Lists the containers of the stack.</summary>
    /// <param name="token">Cancels it.</param>
    /// <returns>The containers as they were after the call.</returns>
    public Task<IReadOnlyList<ContainerSummary>> ListAsync(CancellationToken token) => _listing.ReadAsync().WaitAsync(token);

    /// <summary>Waits for an event.</summary>
    /// <param name="changed">The value of <see cref="Changed"/> before the last read.</param>
    /// <param name="limit">The maximum time. The engine's stream may be late or broken, so waits also poll.</param>
    /// <param name="token">Cancels the wait.</param>
    /// <returns>Completes after an event or the limit.</returns>
    public static async Task NextAsync(Task changed, TimeSpan limit, CancellationToken token)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token);
        await Task.WhenAny(changed, Task.Delay(limit, either.Token)).ConfigureAwait(false);
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

    private async Task WatchAsync(IEngine engine, string[] labels, CancellationToken token)
    {
        await foreach (ContainerEvent notice in engine.WatchContainersAsync(labels, since: null, until: null, token).ConfigureAwait(false))
        {
            if (notice.Action is "die" or "start" or "destroy" || notice.Action.StartsWith("health_status", StringComparison.Ordinal))
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

/// <summary>Shares a list between parallel callers; each gets one that was requested after its call.</summary>
/// <param name="read">Reads the listing from the engine.</param>
internal sealed class SharedListing(Func<Task<IReadOnlyList<ContainerSummary>>> read)
{
    private readonly object _guard = new();
    private Task<IReadOnlyList<ContainerSummary>>? _running;
    private Task<IReadOnlyList<ContainerSummary>>? _queued;

    /// <summary>Reads the listing.</summary>
    /// <returns>The containers.</returns>
    public Task<IReadOnlyList<ContainerSummary>> ReadAsync()
    {
        lock (_guard)
        {
            if (_queued is not null)
            {
                return _queued;
            }

            return _running is null or { IsCompleted: true }
                ? _running = read()
                : _queued = AfterAsync(_running);
        }
    }

    private async Task<IReadOnlyList<ContainerSummary>> AfterAsync(Task running)
    {
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        Task<IReadOnlyList<ContainerSummary>> own;
        lock (_guard)
        {
            own = _running = read();
            _queued = null;
        }

        return await own.ConfigureAwait(false);
    }
}
