using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Images;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Images.Context;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Engine;

public sealed class LostEngineTests
{
    private const string Waiting = """
        services:
          api: { image: IMAGE, init: true, network_mode: none, depends_on: { db: { condition: service_healthy } } }
          db:
            image: IMAGE
            init: true
            network_mode: none
            healthcheck: { test: ["CMD", "test", "-e", "/tmp/up"], interval: 60s, start_period: 60s }
        """;

    // Less than the interval of the health check, which would also detect it.
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(45);

    [Fact]
    [Trait("Needs", "OwnEngine")]
    public async Task An_engine_that_dies_midway_is_reported_immediately_and_the_next_start_converges()
    {
        await using OwnEngine own = await OwnEngine.StartAsync();
        using (IEngine engine = await own.ConnectAsync())
        {
            var stack = new TestStack(engine);
            Task killed = Task.CompletedTask;
            StackPlan plan = await stack.Stacks.PlanStartAsync(stack.Load(Waiting), new StartOptions(), stack.Token);
            var events = new WatchedEvents(happened => happened.Status == "waiting", () =>
            {
                killed = own.KillAsync();
            });

            var fault = await Assert.ThrowsAsync<EngineException>(() => stack.Stacks.ExecuteAsync(plan, events, stack.Token).WaitAsync(Hang));

            Assert.Equal(EngineErrorId.EngineUnreachable, fault.Id);
            await killed;
            var gone = await Assert.ThrowsAsync<EngineException>(() => stack.Stacks.PlanStartAsync(stack.Load(Waiting), new StartOptions(), stack.Token));
            Assert.Equal(EngineErrorId.EngineUnreachable, gone.Id);
            Directory.Delete(stack.Directory, recursive: true);
        }

        await own.StartAgainAsync();
        using IEngine again = await own.ConnectAsync();
        await using var next = new TestStack(again);
        Task start = next.StartAsync(Waiting);
        await next.RunWhenUpAsync("db", "touch /tmp/up");
        await start;
        Assert.Equal(ContainerState.Running, (await next.InspectAsync("api")).State);
    }

    [Fact]
    [Trait("Needs", "OwnEngine")]
    public async Task An_engine_that_dies_during_a_build_is_reported_immediately_and_the_next_build_succeeds()
    {
        const string Name = "composelab-tests/lost:1";
        using var folder = new ScratchFolder();
        var spec = new BuildSpec { Context = folder.Path, Names = [Name] };
        await using OwnEngine own = await OwnEngine.StartAsync();
        using (IEngine engine = await own.ConnectAsync())
        {
            folder.Write("Dockerfile", $"FROM {EngineFixture.Image}\nCOPY Dockerfile /\nRUN sleep 600\n");
            Task killed = Task.CompletedTask;
            var events = new WatchedEvents(happened => happened.Status.Contains("sleep 600: running", StringComparison.Ordinal), () =>
            {
                killed = own.KillAsync();
            });

            var fault = await Assert.ThrowsAsync<EngineException>(() => ImageBuilder.BuildAsync(engine, spec, events, CancellationToken.None).WaitAsync(Hang));

            Assert.Equal(EngineErrorId.EngineUnreachable, fault.Id);
            await killed;
        }

        await own.StartAgainAsync();
        using IEngine again = await own.ConnectAsync();
        Assert.Null(await again.InspectImageAsync(Name, CancellationToken.None));
        folder.Write("Dockerfile", $"FROM {EngineFixture.Image}\nCOPY Dockerfile /\nRUN true\n");
        ImageBuildResult built = await ImageBuilder.BuildAsync(again, spec, new RecordedEvents(), CancellationToken.None);
        Assert.Equal((await again.InspectImageAsync(Name, CancellationToken.None))!.Id, built.Id);
    }

    [Fact]
    public async Task An_engine_that_hangs_is_reported_within_the_time_limit()
    {
        await using var silent = new SilentEngine();
        EngineEndpoint endpoint = EngineEndpoint.Resolve(new Dictionary<string, string>(), silent.Host);
        using IEngine engine = await EngineConnection.ConnectAsync(endpoint, new EngineLimits { Read = TimeSpan.FromMilliseconds(300) }, CancellationToken.None);

        var fault = await Assert.ThrowsAsync<EngineException>(() => engine.ListContainersAsync([], CancellationToken.None));

        Assert.Equal(EngineErrorId.EngineUnreachable, fault.Id);
        Assert.Contains("did not answer in time", fault.Message, StringComparison.Ordinal);
    }
}
