using System.Globalization;
using ComposeLab.Api.Tests.Support;

namespace ComposeLab.Api.Tests.Database;

[Trait("Needs", "Engine")]
[Collection(ProdLabTests.Name)]
public sealed class PoolTests(ProdLab lab)
{
    [Fact]
    public async Task Two_hundred_parallel_callers_share_at_most_twenty_connections_and_all_get_an_answer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => lab.Api.GetAsync("/db-check")));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.InRange(await SessionsAsync(), 1, 20);
    }

    [Fact]
    public async Task All_callers_of_a_hanging_database_get_an_answer_in_time()
    {
        await using var hang = await PausedContainer.PauseAsync(lab, "db");

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => lab.Api.GetAsync("/db-check")));

        Assert.All(answers, answer =>
        {
            Assert.Equal((503, "timeout"), (answer.Status, answer.Cause));
            Assert.InRange(answer.Property("elapsedMs")!.Value.GetDouble(), 0, 3000);
        });
    }

    private async Task<int> SessionsAsync()
    {
        var (_, output) = await ContainerCommand.ReadAsync(
            lab.Engine, lab.Container("db"), "psql", "--host=/var/run/postgresql", "--username=lab", "--dbname=lab", "--tuples-only", "--command",
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'composelab-api'");
        return int.Parse(output, CultureInfo.InvariantCulture);
    }
}
