using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Logs;

/// <summary>
/// Follows the logs of a stack's containers. The engine ends a log when its container ends: it is taken up again when the container runs again, and
/// containers that join the stack are followed from their first line. Every start that the engine reports is read, however short the run was.
/// </summary>
/// <param name="engine">The engine.</param>
/// <param name="list">Lists the containers that are meant, as they are at that moment.</param>
public sealed class FollowedLog(IEngine engine, Func<CancellationToken, Task<IReadOnlyList<ObservedContainer>>> list)
{
    // Often enough that a person sees no gap, seldom enough that the engine does not notice.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(300);

    private readonly Channel<ServiceLogLine> _lines = Channel.CreateUnbounded<ServiceLogLine>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<string, LogPosition> _positions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _reading = new(StringComparer.Ordinal);
    private readonly StartNotices _started = new(engine);

    /// <summary>Reads what has been printed so far, in the order of time, and then what comes, as it comes.</summary>
    /// <param name="query">Which part of each log comes first; until is not looked at.</param>
    /// <param name="token">Ends the following.</param>
    /// <returns>The lines, until no container is left.</returns>
    public async IAsyncEnumerable<ServiceLogLine> ReadAsync(LogQuery query, [EnumeratorCancellation] CancellationToken token)
    {
        DateTimeOffset begin = DateTimeOffset.UtcNow;
        LogQuery sofar = query with { Follow = false, Until = null };
        IReadOnlyList<ObservedContainer> containers = await list(token).ConfigureAwait(false);
        foreach (ObservedContainer container in containers)
        {
            _positions[container.Id] = new LogPosition(query);
        }

        if (query.Tail != 0)
        {
            await foreach (ServiceLogLine line in new MergedLog(engine).ReadAsync(containers, sofar, token).ConfigureAwait(false))
            {
                _positions[line.Container.Id].Pass(line.Line);
                yield return line;
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
            if (_reading.TryGetValue(container.Id, out Task? reading) && !reading.IsCompleted)
            {
                continue;
            }

            if (reading is { IsFaulted: true })
            {
                await reading.ConfigureAwait(false);
            }

            // A run that began and ended between two looks is over now, but its lines are still there.
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
            await foreach (LogLine line in engine.ReadLogsAsync(container.Id, position.Rest(), token).ConfigureAwait(false))
            {
                if (position.Pass(line))
                {
                    await _lines.Writer.WriteAsync(new ServiceLogLine(container, line), token).ConfigureAwait(false);
                }
            }
        }
        catch (EngineException fault) when (fault.IsNotFound)
        {
            // Removed while it was followed: the next look no longer lists it.
        }
    }
}
