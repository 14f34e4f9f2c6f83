using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Pipeline;

namespace ComposeLab.Database;

/// <summary>Repeats the test of a database until it can be used.</summary>
/// <param name="test">The test.</param>
/// <param name="progress">Receives the current cause.</param>
internal sealed class DatabaseWait(DatabaseTest test, IEngineEvents progress)
{
    // The same limit as for a single test: more time would not find more.
    private static readonly TimeSpan TestLimit = TimeSpan.FromSeconds(15);

    // A database that is almost ready is detected immediately, and one that is down does not receive too many logins.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Waits.</summary>
    /// <param name="limit">The time limit.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The first good result, or the last complete one when the limit was reached.</returns>
    public async Task<LabDbTestResult> RunAsync(TimeSpan limit, CancellationToken token)
    {
        using var deadline = new Deadline(limit, token);
        LabDbTestResult last = await test.RunAsync(limit < TestLimit ? limit : TestLimit, token).ConfigureAwait(false);
        TimeSpan pause = ShortestPause;
        try
        {
            while (!last.Ok)
            {
                Report(last, EventPhase.Working);
                await Task.Delay(pause, deadline.Token).ConfigureAwait(false);
                pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
                last = await test.RunAsync(TestLimit, deadline.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            // A test that was cut short knows less than the previous one.
        }

        Report(last, last.Ok ? EventPhase.Done : EventPhase.Failed);
        return last;
    }

    private void Report(LabDbTestResult result, EventPhase phase) => progress.Report(new EngineEvent
    {
        Resource = ResourceId.Service(result.Service ?? result.ProjectName),
        Service = result.Service,
        Phase = phase,
        Status = result.Ok ? "ready" : $"{result.Cause}: {result.Message}",
    });
}
