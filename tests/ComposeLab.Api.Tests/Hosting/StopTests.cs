using ComposeLab.Api.Tests.Support;

namespace ComposeLab.Api.Tests.Hosting;

[Trait("Needs", "Engine")]
[Collection(ProdLabTests.Name)]
public sealed class StopTests(ProdLab lab)
{
    [Fact]
    public async Task A_request_in_progress_is_answered_after_SIGTERM_and_the_service_exits_with_0()
    {
        await using var hang = await PausedContainer.PauseAsync(lab, "db");
        await using var api = await ExtraApi.StartAsync(lab, "DATABASE_URL=postgresql://lab@db/lab");
        await api.ReadyAsync();
        await using var neighbor = await Neighbour.StartAsync(lab, api.Name);
        var inFlight = api.Api!.GetAsync("/db-check");
        await Eventually.HoldsAsync(
            async () =>
            {
                // On a busy machine a request may reach its limit before anybody has looked.
                inFlight = inFlight.IsCompleted ? api.Api.GetAsync("/db-check") : inFlight;
                return IsConnectedToPostgres(await neighbor.ReadAsync("cat", "/proc/net/tcp")) && !inFlight.IsCompleted;
            },
            TimeSpan.FromSeconds(60));

        await lab.Engine.KillContainerAsync(api.Name, "SIGTERM", CancellationToken.None);

        var answer = await inFlight;
        Assert.Equal((503, "timeout"), (answer.Status, answer.Cause));
        Assert.Equal(0, await api.EndAsync());
    }

    [Fact]
    public async Task An_idle_service_exits_with_0_on_SIGTERM()
    {
        await using var api = await ExtraApi.StartAsync(lab);
        await api.ReadyAsync();

        await lab.Engine.KillContainerAsync(api.Name, "SIGTERM", CancellationToken.None);

        Assert.Equal(0, await api.EndAsync());
    }

    // The kernel's table writes the remote port in hexadecimal before the state; 01 is established.
    private static bool IsConnectedToPostgres(string connections) =>
        connections.Split('\n').Any(line => line.Contains(":1538 01 ", StringComparison.Ordinal));
}
