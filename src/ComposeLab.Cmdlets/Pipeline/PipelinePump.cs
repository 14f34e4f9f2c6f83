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

    // Also the lock of the queue. A monitor waits without spinning: a followed log waits most of the time, and a blocking collection uses more processor time for that than for the lines.
    private readonly Queue<PumpAction> _queue = new();
    private readonly CancellationToken _stop;
    private readonly CancellationTokenSource _leave;
    private bool _isClosed;

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

    /// <summary>Releases the token source.</summary>
    public void Dispose() => _leave.Dispose();

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
        using CancellationTokenRegistration wake = _stop.Register(Wake);
        while (Take() is { } action)
        {
            action.Perform(_cmdlet);
        }
    }

    // The next action; null when the work has ended and everything is performed.
    private PumpAction? Take()
    {
        lock (_queue)
        {
            while (true)
            {
                if (_stop.IsCancellationRequested)
                {
                    throw new PipelineStoppedException();
                }

                if (_queue.TryDequeue(out PumpAction? action))
                {
                    return action;
                }

                if (_isClosed)
                {
                    return null;
                }

                Monitor.Wait(_queue);
            }
        }
    }

    private bool TryAdd(PumpAction action)
    {
        lock (_queue)
        {
            if (_isClosed)
            {
                return false;
            }

            _queue.Enqueue(action);
            Monitor.Pulse(_queue);
            return true;
        }
    }

    private void CloseQueue()
    {
        CloseAdding();
        PumpAction[] left;
        lock (_queue)
        {
            left = [.. _queue];
            _queue.Clear();
        }

        foreach (PumpAction action in left)
        {
            action.Abandon();
        }
    }

    private void CloseAdding()
    {
        lock (_queue)
        {
            _isClosed = true;
            Monitor.PulseAll(_queue);
        }
    }

    private void Wake()
    {
        lock (_queue)
        {
            Monitor.PulseAll(_queue);
        }
    }
}

/// <summary>One action for the pipeline's thread.</summary>
/// <param name="Perform">Performs it.</param>
/// <param name="Abandon">Notifies the waiting caller that it will never be performed.</param>
internal sealed record PumpAction(Action<Cmdlet> Perform, Action Abandon);
