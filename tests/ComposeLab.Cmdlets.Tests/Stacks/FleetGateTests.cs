using ComposeLab.Engines;

namespace ComposeLab.Cmdlets.Tests.Stacks;

/// <summary>Plans for several engines are confirmed together and executed a few at a time.</summary>
public sealed class FleetGateTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task There_is_one_question_after_all_have_planned_and_none_waits_for_an_engine_that_failed()
    {
        using var gate = new FleetGate(3, 2);
        var asked = new List<string>();
        Task<bool> first = gate.ConfirmAsync(Plan("b"), Ask, CancellationToken.None);
        Task<bool> second = gate.ConfirmAsync(Plan("a"), Ask, CancellationToken.None);
        Assert.Empty(asked);

        gate.Leave(failed: true, confirmed: false);

        Assert.True(await first.WaitAsync(Limit));
        Assert.True(await second.WaitAsync(Limit));
        Assert.Equal(["a b"], asked);

        Task<bool> Ask(IReadOnlyList<FleetPlan> plans)
        {
            asked.Add(string.Join(' ', plans.Select(plan => plan.Engine)));
            return Task.FromResult(true);
        }
    }

    [Fact]
    public async Task At_most_the_limit_is_executed_at_the_same_time()
    {
        using var gate = new FleetGate(3, 2);
        IDisposable? first = await gate.EnterAsync(CancellationToken.None);
        IDisposable? second = await gate.EnterAsync(CancellationToken.None);
        Task<IDisposable?> third = gate.EnterAsync(CancellationToken.None);
        Assert.False(third.IsCompleted);

        first!.Dispose();

        Assert.NotNull(await third.WaitAsync(Limit));
        second!.Dispose();
    }

    [Fact]
    public async Task After_an_error_no_other_plan_is_started_if_that_was_requested()
    {
        using var gate = new FleetGate(2, 1) { StopsOnError = true };
        IDisposable? first = await gate.EnterAsync(CancellationToken.None);
        gate.Leave(failed: true, confirmed: true);
        first!.Dispose();

        Assert.Null(await gate.EnterAsync(CancellationToken.None));
        Assert.True(gate.IsStopped);
    }

    private static FleetPlan Plan(string engine) => new(engine, "Start shop", "create container", null);
}
