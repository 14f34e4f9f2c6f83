using ComposeLab.Pipeline;

namespace ComposeLab.Cmdlets.Tests.Pipeline;

/// <summary>The work of the test cmdlet, and its observations.</summary>
public sealed class WorkProbe(Func<IPipelineOutput, CancellationToken, Task> work)
{
    private int _started;
    private int _ended;

    public bool Started => Volatile.Read(ref _started) == 1;

    public bool Ended => Volatile.Read(ref _ended) == 1;

    public bool WasCanceled { get; private set; }

    public int WorkThread { get; private set; }

    public async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        WorkThread = Environment.CurrentManagedThreadId;
        Volatile.Write(ref _started, 1);
        try
        {
            await work(output, token);
        }
        catch (OperationCanceledException)
        {
            WasCanceled = true;
            throw;
        }
        finally
        {
            Volatile.Write(ref _ended, 1);
        }
    }
}
