using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Database;
using ComposeLab.Projects;

namespace ComposeLab.Cmdlets.Tests.Database;

/// <summary>Projects without the lab's API.</summary>
public sealed class OtherProjectTests
{
    private const string Database =
        """
        services:
          store:
            image: IMAGE
            environment: { POSTGRES_USER: shop, POSTGRES_PASSWORD: shop-secret, POSTGRES_DB: goods }
            volumes: ["data:/var/lib/postgresql/data"]
            healthcheck: { test: ["CMD", "pg_isready", "-q", "-h", "127.0.0.1", "-U", "shop"], interval: 5s, retries: 3, start_period: 30s }
        volumes: { data: { driver: local, driver_opts: { type: tmpfs, device: tmpfs, o: "size=120m" } } }
        """;

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
}
