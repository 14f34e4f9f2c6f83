using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Logs;

/// <summary>Which containers of stacks the engine has started since somebody looked.</summary>
/// <param name="engine">The engine.</param>
internal sealed class StartNotices(IEngine engine)
{
    // The clock of another machine's engine may be behind; a start that is noticed twice is only looked at twice.
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(1);

    private readonly HashSet<string> _started = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _news = new(0, 1);

    /// <summary>Takes note of starts until canceled, or until the engine ends its stream of events.</summary>
    /// <param name="since">From when on.</param>
    /// <param name="token">Ends the watching.</param>
    /// <returns>A task that ends with the watching.</returns>
    public async Task WatchAsync(DateTimeOffset since, CancellationToken token)
    {
        await foreach (ContainerEvent notice in engine.WatchContainersAsync([StackLabels.Project], since - ClockDifference, token).ConfigureAwait(false))
        {
            if (notice.Action == "start")
            {
                lock (_started)
                {
                    _started.Add(notice.ContainerId);
                    if (_news.CurrentCount == 0)
                    {
                        _news.Release();
                    }
                }
            }
        }
    }

    /// <summary>Waits for a start.</summary>
    /// <param name="limit">How long at most.</param>
    /// <param name="token">Ends the wait.</param>
    /// <returns>A task that ends after a start or the limit.</returns>
    public Task WaitAsync(TimeSpan limit, CancellationToken token) => _news.WaitAsync(limit, token);

    /// <summary>Asks whether a container was started, and forgets it.</summary>
    /// <param name="container">The container's id.</param>
    /// <returns>True when it was.</returns>
    public bool Take(string container)
    {
        lock (_started)
        {
            return _started.Remove(container);
        }
    }
}
