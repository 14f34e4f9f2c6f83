using System.Threading.Channels;
using ComposeLab.Engine.Execution;

namespace ComposeLab.Plans;

/// <summary>Passes engine events to the progress board, and queues those that the pipeline is waiting for until it reads them.</summary>
/// <param name="board">The progress board.</param>
/// <param name="isWanted">Whether the pipeline waits for an event, such as that of a container that became ready.</param>
internal sealed class EventQueue(IEngineEvents board, Func<EngineEvent, bool> isWanted) : IEngineEvents
{
    private readonly Channel<EngineEvent> _wanted = Channel.CreateUnbounded<EngineEvent>(new UnboundedChannelOptions { SingleReader = true });

    /// <inheritdoc/>
    public void Report(EngineEvent engineEvent)
    {
        board.Report(engineEvent);
        if (isWanted(engineEvent))
        {
            _wanted.Writer.TryWrite(engineEvent);
        }
    }

    /// <summary>Runs work and passes on each wanted event, before the next one is processed.</summary>
    /// <param name="work">The work; reports to this queue.</param>
    /// <param name="take">Receives one event.</param>
    /// <returns>Completes with the work, after everything it reported was processed.</returns>
    public async Task RunAsync(Func<Task> work, Func<EngineEvent, Task> take)
    {
        Task running = WorkAsync(work);
        try
        {
            await foreach (EngineEvent wanted in _wanted.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                await take(wanted).ConfigureAwait(false);
            }
        }
        finally
        {
            // The pipeline may end while an event is being processed. Its token then cancels the work, which is awaited here.
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await running.ConfigureAwait(false);
    }

    private async Task WorkAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        finally
        {
            _wanted.Writer.Complete();
        }
    }
}
