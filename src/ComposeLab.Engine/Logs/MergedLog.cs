using System.Runtime.CompilerServices;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Logs;

/// <summary>Reads the logs of several containers as one, in time order.</summary>
/// <param name="engine">The engine.</param>
/// <param name="unreadable">Called for each container with an unreadable log; null makes this an error.</param>
/// <param name="skipsRemoved">Whether a removed container is skipped even if it is the only one; otherwise this is an error.</param>
public sealed class MergedLog(IEngine engine, Action<ObservedContainer, EngineException>? unreadable = null, bool skipsRemoved = false)
{
    /// <summary>Reads the existing lines. Each log is read only as far as needed and not kept in memory.</summary>
    /// <param name="containers">The containers.</param>
    /// <param name="query">The part of each log; follow is ignored.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The lines; lines with the same time are in the order of the containers.</returns>
    public async IAsyncEnumerable<ServiceLogLine> ReadAsync(
        IReadOnlyList<ObservedContainer> containers, LogQuery query, [EnumeratorCancellation] CancellationToken token)
    {
        List<IAsyncEnumerator<LogLine>> logs =
        [
            .. containers.Select(container => engine.ReadLogAsync(container, query with { Follow = false }, token).GetAsyncEnumerator(token)),
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
            catch (EngineException fault) when ((fault.IsNotFound || fault.IsConflict) && (skipsRemoved || containers.Count > 1))
            {
                // Removed since it was listed: the others are still read.
            }
        }
    }
}

/// <summary>A line of a log, with its container.</summary>
/// <param name="Container">The container.</param>
/// <param name="Line">The line.</param>
public sealed record ServiceLogLine(ObservedContainer Container, LogLine Line);

/// <summary>Reads logs of containers and tasks alike.</summary>
internal static class ContainerLogs
{
    /// <summary>Reads the log of a container; that of a task through its swarm, wherever it runs.</summary>
    /// <param name="engine">The engine; for a task a manager.</param>
    /// <param name="container">The container.</param>
    /// <param name="query">The part of the log.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The lines.</returns>
    public static IAsyncEnumerable<LogLine> ReadLogAsync(this IEngine engine, ObservedContainer container, LogQuery query, CancellationToken token) => container.Node is null
        ? engine.ReadLogsAsync(container.Id, query, token)
        : engine.ReadTaskLogAsync(container.TaskId, container.HasTerminal, query, token);
}
