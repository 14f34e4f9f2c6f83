using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Logs;

/// <summary>
/// Follows the logs of a stack's containers. The engine ends a log when its container exits. The log is continued when the container runs again, and containers that
/// are added to the stack are followed from their first line. Every start that the engine reports is read, even if the run was very short.
/// </summary>
/// <param name="engine">The engine.</param>
/// <param name="list">Lists the current containers to follow.</param>
/// <param name="unreadable">Called once for each container with an unreadable log; null makes this an error.</param>
public sealed class FollowedLog(
    IEngine engine, Func<CancellationToken, Task<IReadOnlyList<ObservedContainer>>> list, Action<ObservedContainer, EngineException>? unreadable = null)
{
    // Often enough that users notice no gap, and rarely enough not to load the engine.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(300);

    // A slow consumer slows down reading instead of filling the memory: a line can have a megabyte.
    private readonly Channel<ServiceLogLine> _lines = Channel.CreateBounded<ServiceLogLine>(new BoundedChannelOptions(64) { SingleReader = true });
    private readonly Dictionary<string, ObservedContainer> _containers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LogPosition> _positions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _reading = new(StringComparer.Ordinal);
    private readonly StartNotices _started = new(engine);

    /// <summary>Reads the existing lines in time order, and then new lines as they arrive.</summary>
    /// <param name="query">The part of each log to start with; until is ignored.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The lines, until no container is left.</returns>
    public async IAsyncEnumerable<ServiceLogLine> ReadAsync(LogQuery query, [EnumeratorCancellation] CancellationToken token)
    {
        DateTimeOffset begin = DateTimeOffset.UtcNow;
        LogQuery sofar = query with { Follow = false, Until = null };
        IReadOnlyList<ObservedContainer> containers = await list(token).ConfigureAwait(false);
        foreach (ObservedContainer container in containers)
        {
            _positions[container.Id] = new LogPosition(query);
            Note(container);
        }

        if (query.Tail != 0)
        {
            await foreach (ServiceLogLine line in new MergedLog(engine, unreadable is null ? null : Skip, skipsRemoved: true).ReadAsync(containers, sofar, token).ConfigureAwait(false))
            {
                _positions[line.Container.Id].Pass(line.Line);
                yield return Named(line);
            }
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(token);
        Task noticing = _started.WatchAsync(begin, ending.Token);
        Task watching = WatchAsync(query, ending.Token);
        try
        {
            await foreach (ServiceLogLine line in _lines.Reader.ReadAllAsync(token).ConfigureAwait(false))
            {
                yield return line;
            }
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(watching, noticing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WatchAsync(LogQuery query, CancellationToken token)
    {
        try
        {
            while (await LookAsync(query, token).ConfigureAwait(false))
            {
                await _started.WaitAsync(LookAgain, token).ConfigureAwait(false);
            }

            await Task.WhenAll(_reading.Values).ConfigureAwait(false);
            _lines.Writer.Complete();
        }
        catch (Exception fault)
        {
            _lines.Writer.Complete(fault);
        }
    }

    private async Task<bool> LookAsync(LogQuery query, CancellationToken token)
    {
        IReadOnlyList<ObservedContainer> containers = await list(token).ConfigureAwait(false);
        foreach (ObservedContainer container in containers)
        {
            Note(container);
            if (IsUnreadable(container) || _reading.GetValueOrDefault(container.Id) is { IsCompleted: false })
            {
                continue;
            }

            if (_reading.GetValueOrDefault(container.Id) is { IsFaulted: true } reading)
            {
                await reading.ConfigureAwait(false);
            }

            // A run that started and ended between two checks is over, but its lines still exist.
            bool isNew = _positions.TryAdd(container.Id, new LogPosition(query with { Tail = null }));
            bool hasRun = _started.Take(container.Id);
            if (container.IsRunning || isNew || hasRun)
            {
                _reading[container.Id] = FollowAsync(container, _positions[container.Id], token);
            }
        }

        return containers.Count > 0;
    }

    private async Task FollowAsync(ObservedContainer container, LogPosition position, CancellationToken token)
    {
        try
        {
            await foreach (LogLine line in engine.ReadLogAsync(container, position.Rest(), token).ConfigureAwait(false))
            {
                if (position.Pass(line))
                {
                    await _lines.Writer.WriteAsync(Named(new ServiceLogLine(container, line)), token).ConfigureAwait(false);
                }
            }
        }
        catch (EngineException fault) when (fault.IsNotFound || fault.IsConflict)
        {
            // Removed while it was followed, or being removed: the next check no longer lists it.
        }
        catch (EngineException fault) when (fault.Id == EngineErrorId.LogUnreadable && unreadable is not null)
        {
            Skip(container, fault);
        }
    }

    private void Skip(ObservedContainer container, EngineException fault)
    {
        lock (_containers)
        {
            if (!_unreadable.Add(container.Id))
            {
                return;
            }
        }

        unreadable!(container, fault);
    }

    private bool IsUnreadable(ObservedContainer container)
    {
        lock (_containers)
        {
            return _unreadable.Contains(container.Id);
        }
    }

    private void Note(ObservedContainer container)
    {
        lock (_containers)
        {
            _containers[container.Id] = container;
        }
    }

    // A container that replaces another one has a temporary name until the other one is removed, and is renamed before it is started.
    private ServiceLogLine Named(ServiceLogLine line)
    {
        ObservedContainer container;
        lock (_containers)
        {
            container = _containers.GetValueOrDefault(line.Container.Id) ?? line.Container;
        }

        return line with
        {
            Container = container.IsLeftover ? container with { Summary = container.Summary with { Name = container.Name[(container.Name.IndexOf('_', StringComparison.Ordinal) + 1)..] } } : container,
        };
    }
}
