using System.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Swarm;

/// <summary>A swarm of three nodes, of which the first is the manager. <c>./lab test --swarm</c> starts the engines (tools/lab/swarm-engines.sh).</summary>
public sealed class ThreeNodes : IAsyncLifetime
{
    /// <summary>The addresses of the nodes begin like this.</summary>
    private const string Network = "10.99.0.";

    private static readonly string Folder = Environment.GetEnvironmentVariable("COMPOSELAB_SWARM") ?? "";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly HashSet<int> _dead = [];
    private int _commands;

    /// <summary>The manager.</summary>
    internal IEngine Manager { get; private set; } = null!;

    /// <summary>The stacks on the swarm.</summary>
    internal StackEngine Stacks => new(Manager, new NoImages());

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Assert.True(Folder.Length > 0, "The engines are not running: type ./lab test --swarm");
        Manager = await ConnectAsync(1);
        await Manager.InitializeSwarmAsync(new SwarmSettings { AdvertiseAddr = Network + 1 }, CancellationToken.None);
        await HeartbeatAsync();
        string token = (await Manager.ReadJoinTokensAsync(CancellationToken.None)).Worker;
        foreach (int node in new[] { 1, 2, 3 })
        {
            using IEngine engine = await ConnectAsync(node);
            await EngineFixture.GiveImageAsync(engine);
            if (node > 1)
            {
                await engine.JoinSwarmAsync(new SwarmMembership { AdvertiseAddr = Network + node, RemoteAddrs = [$"{Network}1:{SwarmSettings.Port}"], JoinToken = token }, CancellationToken.None);
            }
        }

        await ReadyAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (int node in new[] { 3, 2, 1 })
        {
            using IEngine engine = await ConnectAsync(node);
            await engine.LeaveSwarmAsync(force: true, CancellationToken.None);
        }

        Manager.Dispose();
    }

    /// <summary>Ends a node as a power failure does.</summary>
    internal Task KillAsync(int node)
    {
        _dead.Add(node);
        return TellAsync($"kill {node}");
    }

    /// <summary>Starts a node again.</summary>
    internal Task StartAsync(int node)
    {
        _dead.Remove(node);
        return TellAsync($"start {node}");
    }

    /// <summary>Starts all nodes, and ends all services. Every test has stacks of its own: their networks end with the swarm.</summary>
    internal async Task RestoreAsync()
    {
        foreach (int node in _dead.ToArray())
        {
            await StartAsync(node);
        }

        await ReadyAsync();
        foreach (SwarmService service in await Manager.ListServicesAsync([], CancellationToken.None))
        {
            await Manager.RemoveServiceAsync(service.Id, CancellationToken.None);
        }
    }

    /// <summary>Connects to the engine of a node.</summary>
    internal static Task<IEngine> ConnectAsync(int node) =>
        EngineConnection.ConnectAsync(EngineEndpoint.Resolve(new Dictionary<string, string>(), $"unix://{Folder}/n{node}/s"), CancellationToken.None);

    /// <summary>Waits until all nodes are ready.</summary>
    internal Task ReadyAsync() => UntilAsync(async () => (await Manager.ListNodesAsync(CancellationToken.None)).Count(node => node.Status.State == "ready") == 3);

    /// <summary>Waits for a state; a swarm whose manager starts again does not answer at first.</summary>
    internal static async Task UntilAsync(Func<Task<bool>> isReached)
    {
        DateTime end = DateTime.UtcNow + Limit;
        using var rhythm = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        do
        {
            try
            {
                if (await isReached())
                {
                    return;
                }
            }
            catch (EngineException) when (DateTime.UtcNow < end)
            {
            }

            Assert.True(DateTime.UtcNow < end, "The swarm did not reach the state in time.");
        }
        while (await rhythm.WaitForNextTickAsync());
    }

    /// <summary>Plans a deployment and executes it.</summary>
    internal async Task<RecordedEvents> DeployAsync(ComposeProject project, IEngineEvents? also = null, CancellationToken token = default)
    {
        var events = new RecordedEvents();
        StackPlan plan = await Stacks.PlanAsync(Request(project), CancellationToken.None);
        await Stacks.ExecuteAsync(plan, new Both(events, also), token).WaitAsync(TimeSpan.FromMinutes(2), CancellationToken.None);
        return events;
    }

    /// <summary>Deploys until there is nothing to do, and returns the running tasks.</summary>
    internal async Task<SwarmTask[]> ConvergeAsync(ComposeProject project)
    {
        await DeployAsync(project);
        Assert.True((await Stacks.PlanAsync(Request(project), CancellationToken.None)).IsEmpty);
        return await RunningAsync(project.Name);
    }

    /// <summary>The running tasks of a stack.</summary>
    internal async Task<SwarmTask[]> RunningAsync(string stack) =>
        [.. (await Manager.ListTasksAsync([SwarmLabels.Of(stack)], upToDate: true, CancellationToken.None)).Where(task => task is { DesiredState: "running", Status.State: "running" })];

    /// <summary>The request of a deployment with a short limit.</summary>
    internal static DeployRequest Request(ComposeProject project) => new(project, new DeployOptions { Limit = TimeSpan.FromSeconds(60) });

    // A node that is dead is missed three times before the swarm believes it.
    private static async Task HeartbeatAsync()
    {
        using Process docker = Process.Start(new ProcessStartInfo("docker", ["--host", $"unix://{Folder}/n1/s", "swarm", "update", "--dispatcher-heartbeat", "2s"]) { RedirectStandardOutput = true })!;
        await docker.WaitForExitAsync();
        Assert.Equal(0, docker.ExitCode);
    }

    private async Task TellAsync(string command)
    {
        string done = $"done-{Environment.ProcessId}-{++_commands}";
        await File.WriteAllTextAsync(Path.Combine(Folder, "control"), $"{command} {done}\n");
        await UntilAsync(() => Task.FromResult(File.Exists(Path.Combine(Folder, done))));
    }

    private sealed class Both(IEngineEvents first, IEngineEvents? second) : IEngineEvents
    {
        public void Report(EngineEvent engineEvent)
        {
            first.Report(engineEvent);
            second?.Report(engineEvent);
        }
    }
}
