using System.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Swarm;

/// <summary>A real swarm of one node with an engine of its own, beside the docker program.</summary>
public sealed class RealSwarmTests
{
    private const string Yaml = """
        services:
          web:
            image: IMAGE
            command: [sh, -c, "trap 'exit 0' TERM; sleep 600 & wait"]
            environment: { LEVEL: info }
            configs: [site]
            secrets: [pw]
            healthcheck: { test: ["CMD", "test", "-e", "/site"], interval: 1s }
            deploy: { replicas: 2, endpoint_mode: dnsrr, update_config: { parallelism: 2, monitor: 1s, failure_action: pause }, rollback_config: { parallelism: 2, monitor: 1s } }
            depends_on: [db]
          db:
            image: IMAGE
            command: [sh, -c, "trap 'exit 0' TERM; sleep 600 & wait"]
            deploy: { endpoint_mode: dnsrr, update_config: { monitor: 1s } }
        configs: { site: { file: site.txt } }
        secrets: { pw: { file: pw.txt } }
        """;

    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    [Fact]
    [Trait("Needs", "OwnEngine")]
    public async Task A_stack_is_deployed_taken_over_in_both_directions_fails_is_undone_and_is_removed()
    {
        await using OwnEngine own = await OwnEngine.StartAsync();
        await own.InitializeSwarmAsync();
        using IEngine engine = await own.ConnectAsync();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("composelab-swarm-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "site.txt"), "one");
            File.WriteAllText(Path.Combine(folder.FullName, "pw.txt"), "secret");
            string yaml = Yaml.Replace("IMAGE", EngineFixture.Image, StringComparison.Ordinal);
            var stacks = new StackEngine(engine, new NoImages());

            // A first deployment converges, in order; the second finds nothing to do.
            RecordedEvents events = await RunAsync(stacks, Deploy(folder, yaml));
            Assert.Equal(["db", "web"], events.All.Where(happened => happened.Rollout?.State == RolloutState.Converged).Select(happened => happened.Service).Order());
            Assert.True(Index(events, "lab_db", "converged") < Index(events, "lab_web", "creating"));
            Assert.True((await stacks.PlanAsync(Deploy(folder, yaml), CancellationToken.None)).IsEmpty);

            // Docker takes over, and gives back.
            string[] tasks = await TasksAsync(engine);
            await DockerAsync(own, folder, "stack", "deploy", "--compose-file", "compose.yaml", "--resolve-image", "never", "lab");
            Assert.Equal(tasks, await TasksAsync(engine));
            StackPlan taken = await stacks.PlanAsync(Deploy(folder, yaml), CancellationToken.None);
            Assert.DoesNotContain(taken.Operations, operation => operation.Resource.Kind == ResourceKind.Service);
            await stacks.ExecuteAsync(taken, new RecordedEvents(), CancellationToken.None).WaitAsync(Hang);
            Assert.Equal(tasks, await TasksAsync(engine));

            // An update that fails is an error with the exit code and the log.
            string broken = yaml.Replace("\"trap 'exit 0' TERM; sleep 600 & wait\"]\n    environment", "\"echo boom; exit 3\"]\n    environment", StringComparison.Ordinal);
            var fault = await Assert.ThrowsAsync<EngineException>(() => RunAsync(stacks, Deploy(folder, broken)));
            Assert.Equal((EngineErrorId.RolloutFailed, "web", 3), (fault.Id, fault.Service, fault.Evidence?.ExitCode));
            Assert.Contains("boom", fault.Message, StringComparison.Ordinal);

            // The undo returns to the definition before.
            await RunAsync(stacks, new RollbackRequest("lab", new RollbackOptions()));
            Assert.True((await stacks.PlanAsync(Deploy(folder, yaml), CancellationToken.None)).IsEmpty);

            // A new content of a config replaces tasks.
            File.WriteAllText(Path.Combine(folder.FullName, "site.txt"), "two");
            await RunAsync(stacks, Deploy(folder, yaml));
            Assert.Equal(2, (await engine.ListConfigsAsync(CancellationToken.None)).Count);

            // After a removal nothing is left, and the same names can be used at once.
            await RunAsync(stacks, new RemoveDeploymentRequest("lab", null));
            Assert.DoesNotContain(await engine.ListNetworksAsync([], CancellationToken.None), network => network.Name.StartsWith("lab_", StringComparison.Ordinal));
            Assert.Empty(await engine.ListSecretsAsync(CancellationToken.None));
            await RunAsync(stacks, new DeployRequest(Load(folder, yaml), new DeployOptions { NoWait = true }));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static DeployRequest Deploy(DirectoryInfo folder, string yaml) => new(Load(folder, yaml), new DeployOptions { Limit = TimeSpan.FromMinutes(1) });

    private static ComposeProject Load(DirectoryInfo folder, string yaml) => Projects.LoadFrom(folder.FullName, "version: '3.8'\n" + yaml, null, "lab");

    private static async Task<RecordedEvents> RunAsync(StackEngine stacks, PlanRequest request)
    {
        var events = new RecordedEvents();
        StackPlan plan = await stacks.PlanAsync(request, CancellationToken.None);
        await stacks.ExecuteAsync(plan, events, CancellationToken.None).WaitAsync(Hang);
        return events;
    }

    private static int Index(RecordedEvents events, string service, string status) =>
        events.All.Select((happened, index) => (happened, index)).First(entry => entry.happened.Resource == ResourceId.Service(service) && entry.happened.Status == status).index;

    // The tasks that have the current definition of their service: a task that another tool is about to replace is not one of them.
    private static async Task<string[]> TasksAsync(IEngine engine) =>
        [.. (await engine.ListTasksAsync([SwarmLabels.Of("lab")], upToDate: true, CancellationToken.None)).Where(task => task.DesiredState == "running").Select(task => task.Id).Order(StringComparer.Ordinal)];

    private static async Task DockerAsync(OwnEngine own, DirectoryInfo folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("docker", arguments) { WorkingDirectory = folder.FullName, RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["DOCKER_HOST"] = "unix://" + own.Socket;
        using Process docker = Process.Start(start)!;
        string said = await docker.StandardOutput.ReadToEndAsync() + await docker.StandardError.ReadToEndAsync();
        await docker.WaitForExitAsync();
        Assert.True(docker.ExitCode == 0, said);
    }
}
