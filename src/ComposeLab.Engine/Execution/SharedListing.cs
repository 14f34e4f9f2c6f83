using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Execution;

/// <summary>Lets all who ask at the same time share a listing; each gets one that was begun after it asked.</summary>
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
