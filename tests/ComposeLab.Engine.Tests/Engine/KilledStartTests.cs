using System.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Engine;

/// <summary>A start whose process is killed leaves nothing that a later start does not put right.</summary>
[Trait("Needs", "Engine")]
[Collection(EngineCollection.Name)]
public sealed class KilledStartTests(EngineFixture fixture)
{
    private const int Kills = 5;
    private const int Seed = 20_261;

    // Each round changes what all containers are made from, so that each is recreated.
    private const string Stack = """
        services:
          api:
            image: IMAGE
            init: true
            environment: { ROUND: "ROUNDS" }
            depends_on: { db: { condition: service_healthy, restart: true } }
            stop_grace_period: 0s
          db:
            image: IMAGE
            init: true
            environment: { ROUND: "ROUNDS" }
            healthcheck: { test: ["CMD", "test", "-e", "/bin/sh"], interval: 30s }
            volumes: [ "data:/data", "/anonymous" ]
            stop_grace_period: 0s
        volumes: { data: }
        """;

    [Fact]
    public async Task A_start_after_a_kill_at_any_moment_converges_with_all_data()
    {
        int kills = int.TryParse(System.Environment.GetEnvironmentVariable("COMPOSELAB_KILLS"), out int more) ? more : Kills;
        await using var first = new TestStack(fixture.Engine, TimeSpan.FromMinutes(1 + kills));
        await first.StartAsync(Round(0));
        await first.RunAsync("db", "echo precious > /data/file; echo kept > /anonymous/file");
        var random = new Random(Seed);
        int killed = 0;
        for (int round = 1; round <= kills; round++)
        {
            first.Load(Round(round));
            killed += await KillAsync(first, lines: random.Next(0, 16)) ? 1 : 0;

            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            ComposeProject project = first.Load(Round(round));
            await first.Stacks.ExecuteAsync(await first.Stacks.PlanStartAsync(project, new StartOptions(), limit.Token), new RecordedEvents(), limit.Token);

            Assert.True((await first.Stacks.PlanStartAsync(project, new StartOptions(), limit.Token)).IsEmpty);
            IReadOnlyList<ContainerSummary> containers = await fixture.Engine.ListContainersAsync([$"{StackLabels.Project}={first.Name}"], limit.Token);
            Assert.Equal([$"{first.Name}-api-1", $"{first.Name}-db-1"], containers.Select(container => container.Name).Order());
            Assert.All(containers, container => Assert.Equal(ContainerState.Running, container.State));
        }

        Assert.InRange(killed, kills / 2, kills);
        Assert.Equal("precious\nkept", await first.RunAsync("db", "cat /data/file /anonymous/file"));
    }

    private static string Round(int number) => Stack.Replace("ROUNDS", $"{number}", StringComparison.Ordinal);

    // The moment is a number of lines that the start has written: it does not depend on how fast the machine is.
    private static async Task<bool> KillAsync(TestStack stack, int lines)
    {
        using Process process = Process.Start(HelperProcess.Command([], typeof(KilledStartTests).Assembly.Location, "start", stack.Directory, stack.Name))!;
        Task<string> errors = process.StandardError.ReadToEndAsync(stack.Token);
        string? line = "";
        for (int read = 0; read < lines && line is not null; read++)
        {
            line = await process.StandardOutput.ReadLineAsync(stack.Token);
        }

        bool runs = !process.HasExited;
        process.Kill();
        await process.WaitForExitAsync(stack.Token);
        Assert.True(runs || process.ExitCode == 0, await errors);
        return runs && line is not null;
    }
}
