using System.Collections.Concurrent;
using System.Management.Automation;
using System.Runtime.ExceptionServices;

namespace ComposeLab.Pipeline;

/// <summary>
/// Runs the work of a cmdlet on a separate thread and its output on the pipeline's thread, in order. The pump owns the work: when the pipeline ends early, for any
/// reason, the work is canceled and awaited before the pipeline's thread continues.
/// </summary>
internal sealed class PipelinePump : IDisposable
{
    // Work reacts to cancellation within a second. This is the limit for work that does not, so that Ctrl-C always returns.
    private static readonly TimeSpan JoinLimit = TimeSpan.FromSeconds(5);

    private readonly Cmdlet _cmdlet;
    private readonly BlockingCollection<PumpAction> _queue = [];
    private readonly CancellationToken _stop;
    private readonly CancellationTokenSource _leave;

    /// <summary>Prepares a pump for one run.</summary>
    /// <param name="cmdlet">The cmdlet whose output methods are called.</param>
    /// <param name="stop">Canceled when the user stops the pipeline.</param>
    public PipelinePump(Cmdlet cmdlet, CancellationToken stop)
    {
        _cmdlet = cmdlet;
        _stop = stop;
        _leave = CancellationTokenSource.CreateLinkedTokenSource(stop);
    }

    /// <summary>Runs the work to its end, and performs its actions on the calling thread.</summary>
    /// <param name="work">The work; receives the output and a token that is canceled when the pipeline ends.</param>
    /// <returns>The exception of the work, or null if it succeeded.</returns>
    /// <exception cref="PipelineStoppedException">The user stopped the pipeline.</exception>
    public ExceptionDispatchInfo? Run(Func<IPipelineOutput, CancellationToken, Task> work)
    {
        var output = new PipelineOutput(this);
        CancellationToken token = _leave.Token;
        Task<ExceptionDispatchInfo?> worker = Task.Factory.StartNew(
            () => Work(work, output, token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        bool finished = false;
        try
        {
            PerformActions();
            finished = true;
        }
        finally
        {
            if (!finished)
            {
                _leave.Cancel();
            }

            CloseQueue();
            Task.WaitAny([worker], JoinLimit);
        }

        return _stop.IsCancellationRequested ? throw new PipelineStoppedException() : worker.Result;
    }

    /// <summary>Queues a message; ignored after the pipeline has ended.</summary>
    /// <param name="action">The action for the pipeline's thread.</param>
    public void Post(Action<Cmdlet> action) => TryAdd(new PumpAction(action, static () => { }));

    /// <summary>Queues an action and waits for its answer.</summary>
    /// <typeparam name="T">The type of the answer.</typeparam>
    /// <param name="ask">The action for the pipeline's thread.</param>
    /// <returns>The answer; canceled if the pipeline ends before or while answering.</returns>
    public Task<T> AskAsync<T>(Func<Cmdlet, T> ask)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Cancel() => answer.TrySetCanceled(_leave.Token);
        void Perform(Cmdlet cmdlet)
        {
            try
            {
                answer.TrySetResult(ask(cmdlet));
            }
            finally
            {
                Cancel();
            }
        }

        if (!TryAdd(new PumpAction(Perform, Cancel)))
        {
            Cancel();
        }

        return answer.Task;
    }

    /// <summary>Releases the queue and the token source.</summary>
    public void Dispose()
    {
        _leave.Dispose();
        _queue.Dispose();
    }

    private ExceptionDispatchInfo? Work(Func<IPipelineOutput, CancellationToken, Task> work, PipelineOutput output, CancellationToken token)
    {
        try
        {
            work(output, token).GetAwaiter().GetResult();
            return null;
        }
        catch (Exception fault)
        {
            return ExceptionDispatchInfo.Capture(fault);
        }
        finally
        {
            CloseAdding();
        }
    }

    private void PerformActions()
    {
        try
        {
            while (_queue.TryTake(out PumpAction? action, Timeout.Infinite, _stop))
            {
                action.Perform(_cmdlet);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    private bool TryAdd(PumpAction action)
    {
        try
        {
            _queue.Add(action, CancellationToken.None);
            return true;
        }
        catch (Exception closed) when (closed is InvalidOperationException or ObjectDisposedException)
        {
            return false;
        }
    }

    private void CloseQueue()
    {
        CloseAdding();
        while (_queue.TryTake(out PumpAction? action))
        {
            action.Abandon();
        }
    }

    private void CloseAdding()
    {
        try
        {
            _queue.CompleteAdding();
        }
        catch (ObjectDisposedException)
        {
            // Work that ran longer than the limit finds the pump disposed; there is no caller left to notify.
        }
    }
}

/// <summary>One action for the pipeline's thread.</summary>
/// <param name="Perform">Performs it.</param>
/// <param name="Abandon">Notifies the waiting caller that it will never be performed.</param>
internal sealed record PumpAction(Action<Cmdlet> Perform, Action Abandon);
