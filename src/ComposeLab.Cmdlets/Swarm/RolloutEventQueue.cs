using System.Threading.Channels;
using ComposeLab.Engine.Execution;

namespace ComposeLab.Swarm;

/// <summary>Passes engine events to the progress board, and queues the services of a swarm whose rollout has ended until the pipeline reads them.</summary>
/// <param name="board">The progress board.</param>
internal sealed class RolloutEventQueue(IEngineEvents board) : IEngineEvents
{
    private readonly Channel<ServiceRollout> _ended = Channel.CreateUnbounded<ServiceRollout>(new UnboundedChannelOptions { SingleReader = true });

    /// <inheritdoc/>
    public void Report(EngineEvent engineEvent)
    {
        board.Report(engineEvent);
        if (engineEvent.Rollout is { State: RolloutState.Converged or RolloutState.RolledBack or RolloutState.Paused or RolloutState.Failed } rollout)
        {
            _ended.Writer.TryWrite(rollout);
        }
    }

    /// <summary>Runs work and passes on each service when its rollout has ended.</summary>
    /// <param name="work">The work; reports to this queue.</param>
    /// <param name="take">Receives one service.</param>
    /// <returns>Completes with the work, after everything it reported was processed.</returns>
    public async Task RunAsync(Func<Task> work, Func<ServiceRollout, Task> take)
    {
        Task running = WorkAsync(work);
        try
        {
            await foreach (ServiceRollout rollout in _ended.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                await take(rollout).ConfigureAwait(false);
            }
        }
        finally
        {
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
            _ended.Writer.Complete();
        }
    }
}
