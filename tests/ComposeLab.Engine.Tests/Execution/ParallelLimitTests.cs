using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Execution;

/// <summary>How many calls of a plan run at the same time.</summary>
public sealed class ParallelLimitTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly IEngine _engine;
    private readonly ScriptedEngine _script;
    private readonly RecordedEvents _events = new();

    public ParallelLimitTests() => (_engine, _script) = ScriptedEngine.Make();

    [Fact]
    public async Task COMPOSE_PARALLEL_LIMIT_limits_the_calls_that_run_at_the_same_time()
    {
        int running = 0;
        int most = 0;
        foreach (string name in new[] { "a", "b", "c", "d" })
        {
            _script.On("StartContainerAsync " + name, async _ =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                await Task.Yield();
                Interlocked.Decrement(ref running);
                return null;
            });
        }

        await ExecuteAsync(LimitedTo("1"), Start("a"), Start("b"), Start("c"), Start("d")).WaitAsync(Limit);

        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Without_COMPOSE_PARALLEL_LIMIT_calls_run_at_the_same_time()
    {
        var all = new TaskCompletionSource();
        int begun = 0;
        foreach (string name in new[] { "a", "b", "c", "d" })
        {
            _script.On("StartContainerAsync " + name, async _ =>
            {
                if (Interlocked.Increment(ref begun) == 4)
                {
                    all.SetResult();
                }

                await all.Task;
                return null;
            });
        }

        await ExecuteAsync(LimitedTo(""), Start("a"), Start("b"), Start("c"), Start("d")).WaitAsync(Limit);

        Assert.Equal(4, begun);
    }

    private static StartContainerOperation Start(string name) =>
        new(name, Paused: false) { Id = "start " + name, Resource = ResourceId.Container(name), Service = name, Cause = "requested" };

    private static StartRequest LimitedTo(string limit) => new(
        Projects.Load("services: { a: { image: a } }", new Dictionary<string, string> { ["COMPOSE_PARALLEL_LIMIT"] = limit }), new StartOptions());

    private Task ExecuteAsync(PlanRequest request, params Operation[] operations) =>
        new PlanExecutor(_engine, new NoImages()).ExecuteAsync(new StackPlan { ProjectName = "lab", Operations = operations, Request = request }, _events, CancellationToken.None);
}
