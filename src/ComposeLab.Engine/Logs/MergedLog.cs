using System.Runtime.CompilerServices;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Logs;

/// <summary>Reads the logs of several containers as one, in the order of time.</summary>
/// <param name="engine">The engine.</param>
/// <param name="unreadable">Is told of each container whose log cannot be read; null makes that an error.</param>
public sealed class MergedLog(IEngine engine, Action<ObservedContainer, EngineException>? unreadable = null)
{
    /// <summary>Reads what has been printed so far. Each log is read only as far as it is needed; none is held in memory.</summary>
    /// <param name="containers">The containers.</param>
    /// <param name="query">Which part of each log; follow is not looked at.</param>
    /// <param name="token">Ends the reading.</param>
    /// <returns>The lines; of those with the same time, the container named first comes first.</returns>
    public async IAsyncEnumerable<ServiceLogLine> ReadAsync(
        IReadOnlyList<ObservedContainer> containers, LogQuery query, [EnumeratorCancellation] CancellationToken token)
    {
        List<IAsyncEnumerator<LogLine>> logs =
        [
            .. containers.Select(container => engine.ReadLogsAsync(container.Id, query with { Follow = false }, token).GetAsyncEnumerator(token)),
        ];
        var next = new PriorityQueue<int, (DateTimeOffset Time, int Index)>();
        try
        {
            for (int index = 0; index < logs.Count; index++)
            {
                await AdvanceAsync(index).ConfigureAwait(false);
            }

            while (next.TryDequeue(out int index, out _))
            {
                yield return new ServiceLogLine(containers[index], logs[index].Current);
                await AdvanceAsync(index).ConfigureAwait(false);
            }
        }
        finally
        {
            foreach (IAsyncEnumerator<LogLine> log in logs)
            {
                await log.DisposeAsync().ConfigureAwait(false);
            }
        }

        async Task AdvanceAsync(int index)
        {
            try
            {
                if (await logs[index].MoveNextAsync().ConfigureAwait(false))
                {
                    next.Enqueue(index, (logs[index].Current.Time, index));
                }
            }
            catch (EngineException fault) when (fault.Id == EngineErrorId.LogUnreadable && unreadable is not null)
            {
                unreadable(containers[index], fault);
            }
            catch (EngineException fault) when (fault.IsNotFound && containers.Count > 1)
            {
                // Removed since it was listed: the others are still wanted.
            }
        }
    }
}

/// <summary>A line of a log, with the container that printed it.</summary>
/// <param name="Container">The container.</param>
/// <param name="Line">The line.</param>
public sealed record ServiceLogLine(ObservedContainer Container, LogLine Line);
