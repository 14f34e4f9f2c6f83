using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Logs;

/// <summary>The containers of stacks that the engine has started since the last check.</summary>
/// <param name="engine">The engine.</param>
internal sealed class StartNotices(IEngine engine)
{
    // The clock of a remote engine may be behind; a start that is recorded twice is only checked twice.
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(1);

    private readonly HashSet<string> _started = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _news = new(0, 1);

    /// <summary>Records starts until canceled, or until the engine ends its event stream.</summary>
    /// <param name="since">The start time.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>A task that completes when watching ends.</returns>
    public async Task WatchAsync(DateTimeOffset since, CancellationToken token)
    {
        await foreach (ContainerEvent notice in engine.WatchContainersAsync([StackLabels.Project], since - ClockDifference, until: null, token).ConfigureAwait(false))
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
    /// <param name="limit">The time limit.</param>
    /// <param name="token">Cancels the wait.</param>
    /// <returns>A task that completes after a start or the limit.</returns>
    public Task WaitAsync(TimeSpan limit, CancellationToken token) => _news.WaitAsync(limit, token);

    /// <summary>Checks whether a container was started, and resets it.</summary>
    /// <param name="container">The container's id.</param>
    /// <returns>True if it was.</returns>
    public bool Take(string container)
    {
        lock (_started)
        {
            return _started.Remove(container);
        }
    }
}
