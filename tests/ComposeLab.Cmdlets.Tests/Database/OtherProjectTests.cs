using System.Globalization;
using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Database;
using ComposeLab.Projects;

namespace ComposeLab.Cmdlets.Tests.Database;

/// <summary>Projects without the lab's API.</summary>
[Trait("Needs", "Engine")]
[Collection(nameof(DatabaseCollection))]
public sealed class OtherProjectTests(DatabaseStack stack)
{
    private const string Database =
        """
        services:
          store:
            image: IMAGE
            environment: { POSTGRES_USER: shop, POSTGRES_PASSWORD: shop-secret, POSTGRES_DB: goods }
            volumes: ["data:/var/lib/postgresql/data"]
            healthcheck: { test: ["CMD", "pg_isready", "-q", "-h", "127.0.0.1", "-U", "shop"], interval: 1s, retries: 3, start_period: 30s }
        volumes: { data: { driver: local, driver_opts: { type: tmpfs, device: tmpfs, o: "size=120m" } } }
        """;

    [Fact]
    public void A_full_disk_is_reported_and_the_database_works_again_when_there_is_space()
    {
        using var folder = new TemporaryFolder();
        string name = string.Create(CultureInfo.InvariantCulture, $"dbdisk-{Guid.NewGuid():N}")[..14];
        folder.Write("compose.yaml", $"name: {name}\n" + Database.Replace("IMAGE", DatabaseStack.Image("POSTGRES_IMAGE", "postgres:16-alpine"), StringComparison.Ordinal));
        string select = $"-Path '{folder.Path}'";
        try
        {
            stack.Run($"Start-LabStack {select}").Good();
            Assert.Equal(LabDbCause.None, Test(select).Cause);

            stack.Run($"Invoke-LabCommand store {select} -- sh -c 'dd if=/dev/zero of=$PGDATA/ballast bs=64k'").Good();
            LabDbTestResult full = Test(select);
            Assert.Equal(LabDbCause.DiskFull, full.Cause);
            Assert.Equal(LabDbOutcome.Failed, full.Checks.Single(check => check.Name == "disk").Outcome);

            string look = full.Recommendation.Split('\n')[1]["To find large files: ".Length..];
            Assert.Contains("/ballast", Assert.IsType<LabCommandResult>(Assert.Single(stack.Run(look).Good())).Output, StringComparison.Ordinal);

            stack.Run($"Invoke-LabCommand store {select} -- sh -c 'rm $PGDATA/ballast'").Good();
            stack.Type(full.Recommendation);
            Assert.Equal(LabDbCause.None, Test(select).Cause);
        }
        finally
        {
            stack.Run($"Remove-LabStack {select} -Volume -Force -TimeoutSec 1");
        }
    }

    [Fact]
    public async Task An_engine_that_does_not_answer_is_a_cause_and_not_an_error()
    {
        using var folder = new TemporaryFolder();
        folder.Write("compose.yaml", "name: nowhere\n" + Database);
        var selection = new ProjectSelection
        {
            Path = folder.Path,
            Location = folder.Path,
            Environment = new Dictionary<string, string> { ["DOCKER_HOST"] = "unix://" + folder.At("no.sock") },
        };
        ComposeProject project = ComposeLoader.Load(ProjectSelector.ToRequest(selection), CancellationToken.None);

        LabDbTestResult result = await DatabaseTest.Of(selection, project, null, null).RunAsync(TimeSpan.FromSeconds(5), CancellationToken.None);

        Assert.Equal(LabDbCause.EngineUnreachable, result.Cause);
        Assert.NotEqual("", result.Recommendation);
        Assert.Equal("engine", Assert.Single(result.Checks, check => check.Outcome == LabDbOutcome.Failed).Name);
        Assert.Null(result.Api);
    }

    private LabDbTestResult Test(string select) => Assert.IsType<LabDbTestResult>(Assert.Single(stack.Run($"Test-LabDb {select}").Good()));
}
