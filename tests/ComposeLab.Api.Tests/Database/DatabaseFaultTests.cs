using ComposeLab.Api.Tests.Support;

namespace ComposeLab.Api.Tests.Database;

/// <summary>An answer has a limit of three seconds, measured by the service's clock. Recovery has none: the next check finds the database.</summary>
[Trait("Needs", "Engine")]
[Collection(ProdLabTests.Name)]
public sealed class DatabaseFaultTests(ProdLab lab)
{
    private const double AnswerLimitMs = 3000;

    [Fact]
    public async Task A_database_that_hangs_is_a_timeout_and_is_used_again_when_it_continues()
    {
        await CheckSucceedsAsync(lab.Api);
        await using var hang = await PausedContainer.PauseAsync(lab, "db");

        Assert.Equal("timeout", await CauseAsync());

        await hang.GoOnAsync();
        await CheckSucceedsAsync(lab.Api);
    }

    [Fact]
    public async Task A_stopped_database_is_reported_and_found_again_automatically()
    {
        var started = await ApiStartedAsync();
        await lab.Engine.StopContainerAsync(lab.Container("db"), null, CancellationToken.None);

        Assert.Contains(await CauseAsync(), (string[])["host_not_found", "host_unreachable", "connection_refused", "timeout"]);

        await lab.Engine.StartContainerAsync(lab.Container("db"), CancellationToken.None);
        await lab.DatabaseReadyAsync();
        await CheckSucceedsAsync(lab.Api);
        Assert.Equal(started, await ApiStartedAsync());
    }

    [Fact]
    public async Task An_outage_is_two_log_lines_for_any_number_of_callers()
    {
        await using var api = await ExtraApi.StartAsync(lab, "DATABASE_URL=postgresql://lab@db/lab", $"DATABASE_PASSWORD={lab.Password}");
        await api.ReadyAsync();
        await CheckSucceedsAsync(api.Api!);
        await using var hang = await PausedContainer.PauseAsync(lab, "db");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.Api!.GetAsync("/db-check")));
        await hang.GoOnAsync();
        await CheckSucceedsAsync(api.Api!);

        // The API answers before its console has written the line.
        List<string> lines = [];
        await Eventually.HoldsAsync(
            async () =>
            {
                lines = [.. (await lab.LogAsync(api.Name)).Where(line => line.Contains("DatabaseLog", StringComparison.Ordinal))];
                return lines.Count >= 2;
            },
            TimeSpan.FromSeconds(20));

        Assert.Equal(2, lines.Count);
        Assert.Contains("(timeout)", lines[0], StringComparison.Ordinal);
        Assert.Contains("can be used again", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_restart_between_two_requests_is_not_an_error()
    {
        await CheckSucceedsAsync(lab.Api);
        await lab.Engine.StopContainerAsync(lab.Container("db"), null, CancellationToken.None);
        await lab.Engine.StartContainerAsync(lab.Container("db"), CancellationToken.None);
        await lab.DatabaseReadyAsync();

        await CheckSucceedsAsync(lab.Api);
    }

    [Fact]
    public async Task Sessions_closed_by_the_server_are_replaced_within_the_request()
    {
        await CheckSucceedsAsync(lab.Api);
        await SqlAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'composelab-api'");

        await CheckSucceedsAsync(lab.Api);
    }

    [Theory]
    [InlineData("postgresql://lab:falsch@db/lab", "authentication_failed")]
    [InlineData("postgresql://niemand:falsch@db/lab", "authentication_failed")]
    [InlineData("postgresql://lab@db:5433/lab", "connection_refused")]
    [InlineData("postgresql://lab@nowhere/lab", "host_not_found")]
    [InlineData("postgresql://lab@api:8000/lab", "not_postgres")]
    [InlineData("postgresql://lab:falsch@db/lab?sslmode=require", "tls_not_offered")]
    public async Task A_wrong_setting_is_reported_by_its_cause(string url, string cause)
    {
        await using var api = await ExtraApi.StartAsync(lab, $"DATABASE_URL={url}");
        await api.ReadyAsync();

        var answer = await api.Api!.GetAsync("/db-check");

        Assert.Equal((503, cause), (answer.Status, answer.Cause));
        Assert.DoesNotContain("falsch", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("falsch", string.Join('\n', await lab.LogAsync(api.Name)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_database_is_reported_by_its_cause()
    {
        await using var api = await ExtraApi.StartAsync(lab, "DATABASE_URL=postgresql://lab@db/other", $"DATABASE_PASSWORD={lab.Password}");
        await api.ReadyAsync();

        Assert.Equal("database_not_found", (await api.Api!.GetAsync("/db-check")).Cause);
    }

    [Fact]
    public async Task A_server_without_a_free_connection_is_reported_by_its_cause()
    {
        await SqlAsync("ALTER ROLE lab CONNECTION LIMIT 0");
        await SqlAsync("CREATE ROLE guest LOGIN CONNECTION LIMIT 0 PASSWORD 'gast'");
        try
        {
            await using var api = await ExtraApi.StartAsync(lab, "DATABASE_URL=postgresql://guest:gast@db/lab");
            await api.ReadyAsync();

            Assert.Equal("too_many_connections", (await api.Api!.GetAsync("/db-check")).Cause);
        }
        finally
        {
            await SqlAsync("ALTER ROLE lab CONNECTION LIMIT -1");
            await SqlAsync("DROP ROLE guest");
        }
    }

    private static async Task CheckSucceedsAsync(ApiClient api)
    {
        var answer = await api.GetAsync("/db-check");
        Assert.True(answer.Status == 200, answer.Body);
    }

    private async Task<string?> CauseAsync()
    {
        var answer = await lab.Api.GetAsync("/db-check");
        Assert.Equal(503, answer.Status);
        Assert.InRange(answer.Property("elapsedMs")!.Value.GetDouble(), 0, AnswerLimitMs);
        Assert.DoesNotContain(lab.Password, answer.Body, StringComparison.Ordinal);
        return answer.Cause;
    }

    private async Task<DateTimeOffset?> ApiStartedAsync() => (await lab.Engine.InspectContainerAsync(lab.Container("api"), CancellationToken.None))!.Started;

    private async Task SqlAsync(string sql) => Assert.Equal(0, await ContainerCommand.RunAsync(
        lab.Engine, lab.Container("db"), "psql", "--quiet", "--host=/var/run/postgresql", "--username=lab", "--dbname=lab", "--command", sql));
}
