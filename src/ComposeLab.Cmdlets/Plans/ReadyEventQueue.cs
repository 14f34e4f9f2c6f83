using System.Threading.Channels;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Stacks;

namespace ComposeLab.Plans;

/// <summary>Passes engine events to the progress board, and queues the containers that became ready until the pipeline reads them.</summary>
/// <param name="board">The progress board.</param>
/// <param name="engine">The engine.</param>
internal sealed class ReadyEventQueue(IEngineEvents board, IEngine engine) : IEngineEvents
{
    private readonly Channel<EngineEvent> _ready = Channel.CreateUnbounded<EngineEvent>(new UnboundedChannelOptions { SingleReader = true });

    /// <inheritdoc/>
    public void Report(EngineEvent engineEvent)
    {
        board.Report(engineEvent);
        if (engineEvent.Ready is not null)
        {
            _ready.Writer.TryWrite(engineEvent);
        }
    }

    /// <summary>Runs work and passes on each container when it becomes ready, before the next one is processed.</summary>
    /// <param name="work">The work; reports to this feed.</param>
    /// <param name="take">Receives one service.</param>
    /// <param name="token">Cancels the reading of a container.</param>
    /// <returns>Completes with the work, after everything it reported was processed.</returns>
    public async Task RunAsync(Func<Task> work, Func<LabService, Task> take, CancellationToken token)
    {
        Task running = WorkAsync(work);
        try
        {
            await foreach (EngineEvent ready in _ready.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                await take(await ServiceObjects.OfAsync(engine, ready, token).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }
        finally
        {
            // The pipeline may end while a service is being processed. Its token then cancels the work, which is awaited here.
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
            _ready.Writer.Complete();
        }
    }
}
