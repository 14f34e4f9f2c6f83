using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Tests.Execution;

public sealed class ContainerStopsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly StopContainerOperation Stop = new("web", null) { Id = "stop web", Resource = ResourceId.Container("web"), Cause = "requested" };

    [Fact]
    public async Task A_stop_completes_when_the_process_has_exited_and_users_of_its_network_wait_for_the_engine()
    {
        (IEngine engine, TidyingEngine control) = TidyingEngine.Make(tellsDeaths: true);
        await using var stops = new ContainerStops(engine, "lab", CancellationToken.None);

        await stops.StopAsync(Stop, CancellationToken.None).WaitAsync(Limit);
        Task ended = stops.EndedAsync(["stop web", "no stop at all"]);

        Assert.False(ended.IsCompleted);
        control.Tidied.SetResult();
        await ended.WaitAsync(Limit);
    }

    [Fact]
    public async Task Without_an_exit_event_a_stop_completes_when_the_engine_answers()
    {
        (IEngine engine, TidyingEngine control) = TidyingEngine.Make(tellsDeaths: false);
        await using var stops = new ContainerStops(engine, "lab", CancellationToken.None);

        Task stop = stops.StopAsync(Stop, CancellationToken.None);

        Assert.False(stop.IsCompleted);
        control.Tidied.SetResult();
        await stop.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_stop_that_the_engine_rejects_fails()
    {
        (IEngine engine, TidyingEngine control) = TidyingEngine.Make(tellsDeaths: false);
        await using var stops = new ContainerStops(engine, "lab", CancellationToken.None);
        control.Tidied.SetException(new EngineException(EngineErrorId.EngineRefused, "no", ""));

        await Assert.ThrowsAsync<EngineException>(() => stops.StopAsync(Stop, CancellationToken.None));
    }
}
