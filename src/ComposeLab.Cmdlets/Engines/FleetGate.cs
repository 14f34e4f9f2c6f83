namespace ComposeLab.Engines;

/// <summary>
/// Lets the plans for several engines be confirmed with one question, and then limits how many are executed at the same time. An engine that fails before the question
/// is not waited for.
/// </summary>
/// <param name="engines">The number of engines.</param>
/// <param name="throttle">How many plans are executed at the same time.</param>
internal sealed class FleetGate(int engines, int throttle) : IDisposable
{
    private readonly object _lock = new();
    private readonly SemaphoreSlim _slots = new(Math.Min(throttle, engines));
    private readonly TaskCompletionSource _planned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<FleetPlan> _plans = [];
    private Task<bool>? _answer;
    private int _expected = engines;

    /// <summary>Whether a failed engine keeps plans from being started.</summary>
    public bool StopsOnError { get; init; }

    /// <summary>Whether an engine failed, so that no other plan is started.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Waits until every engine has a plan, and asks once for all of them.</summary>
    /// <param name="plan">The plan of one engine.</param>
    /// <param name="ask">Asks; receives all plans, in the order of the engines' names.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Whether the plans may be executed.</returns>
    public async Task<bool> ConfirmAsync(FleetPlan plan, Func<IReadOnlyList<FleetPlan>, Task<bool>> ask, CancellationToken token)
    {
        lock (_lock)
        {
            _plans.Add(plan);
        }

        Arrive();
        await _planned.Task.WaitAsync(token).ConfigureAwait(false);
        lock (_lock)
        {
            _answer ??= ask([.. _plans.OrderBy(one => one.Engine, StringComparer.Ordinal)]);
        }

        return await _answer.ConfigureAwait(false);
    }

    /// <summary>Waits for its turn to execute a plan. End the turn after <see cref="Leave"/>: otherwise the next plan could start before a failure is known.</summary>
    /// <param name="token">Cancels it.</param>
    /// <returns>Ends the turn when disposed; null if a failed engine stops the rest.</returns>
    public async Task<IDisposable?> EnterAsync(CancellationToken token)
    {
        await _slots.WaitAsync(token).ConfigureAwait(false);
        var turn = new Turn(_slots);
        if (!IsStopped)
        {
            return turn;
        }

        turn.Dispose();
        return null;
    }

    /// <summary>Records that the work for an engine has ended; call it once for each, also after it has confirmed.</summary>
    /// <param name="failed">Whether it failed.</param>
    /// <param name="confirmed">Whether it has arrived before.</param>
    public void Leave(bool failed, bool confirmed)
    {
        if (failed && StopsOnError)
        {
            IsStopped = true;
        }

        if (!confirmed)
        {
            Arrive();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    /// <summary>Records that an engine has a plan, or will have none; call it once for each.</summary>
    public void Arrive()
    {
        lock (_lock)
        {
            if (--_expected == 0)
            {
                _planned.TrySetResult();
            }
        }
    }

    private sealed class Turn(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }
}

/// <summary>The plan for one engine of several.</summary>
/// <param name="Engine">The engine's name.</param>
/// <param name="Caption">What the plan does.</param>
/// <param name="Text">Its operations, one on a line.</param>
/// <param name="Loss">What it destroys permanently; null for nothing.</param>
internal sealed record FleetPlan(string Engine, string Caption, string Text, string? Loss);
