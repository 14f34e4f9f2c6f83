using ComposeLab.Api.Tests.Support;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Api.Tests.Database;

/// <summary>A database that came back is found by the same process within two seconds, however it was away and however many had asked meanwhile.</summary>
[Trait("Needs", "Engine")]
[Collection(ProdLabTests.Name)]
public sealed class RecoveryTests(ProdLab lab)
{
    private const int Callers = 40;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_stopped_database_is_used_again_within_two_seconds_of_its_restart()
    {
        await using var api = await StartAsync("db");
        await FoundAsync(api);
        await lab.Engine.StopContainerAsync(lab.Container("db"), null, CancellationToken.None);
        try
        {
            await AskedAsync(api, ["host_not_found", "host_unreachable", "connection_refused", "timeout"]);
        }
        finally
        {
            await lab.Engine.StartContainerAsync(lab.Container("db"), CancellationToken.None);
        }

        await lab.DatabaseReadyAsync();

        await FoundAsync(api);
    }

    [Fact]
    public async Task A_database_that_refused_connections_is_used_within_two_seconds_of_listening()
    {
        await using var late = await LateDatabase.StartAsync(lab);
        await using var api = await StartAsync(late.Name);
        await AskedAsync(api, ["connection_refused"]);
        await late.ListenAsync();

        await FoundAsync(api);
    }

    [Fact]
    public async Task A_database_that_hung_is_used_again_within_two_seconds_of_continuing()
    {
        await using var api = await StartAsync("db");
        await FoundAsync(api);
        await using (var hang = await PausedContainer.PauseAsync(lab, "db"))
        {
            await AskedAsync(api, ["timeout"]);
            await hang.GoOnAsync();
        }

        await FoundAsync(api);
    }

    private static async Task AskedAsync(ExtraApi api, string[] causes)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => api.Api!.GetAsync("/db-check")));
        Assert.All(answers, answer =>
        {
            Assert.Equal(503, answer.Status);
            Assert.Contains(answer.Cause, causes);
        });
    }

    // Asked until the limit, and then by the service's own clock: a client that gets no processor proves nothing.
    private async Task FoundAsync(ExtraApi api)
    {
        ApiAnswer? answer = null;
        await Eventually.HoldsAsync(async () => (answer = await api.Api!.GetAsync("/db-check")).Status == 200, Limit);
        Assert.InRange(answer!.Property("elapsedMs")!.Value.GetDouble(), 0, Limit.TotalMilliseconds);
        ContainerDetails? container = await lab.Engine.InspectContainerAsync(api.Name, CancellationToken.None);
        Assert.Equal((api.Started, 0L), (container!.Started, container.RestartCount));
    }

    private async Task<ExtraApi> StartAsync(string host)
    {
        var api = await ExtraApi.StartAsync(lab, $"DATABASE_URL=postgresql://lab@{host}/lab", $"DATABASE_PASSWORD={lab.Password}");
        await api.ReadyAsync();
        return api;
    }
}
