using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Logs;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Engine;

[Trait("Needs", "Engine")]
[Collection(EngineCollection.Name)]
public sealed class FollowedLogTests(EngineFixture fixture)
{
    private const int Runs = 5;

    // The number of the run outlives it: a line that is lost or comes twice shows.
    private const string Yaml = """
        services:
          flash:
            image: IMAGE
            network_mode: host
            entrypoint: ["sh", "-c", "n=$$(cat /n 2>/dev/null || echo 0); n=$$((n+1)); echo $$n >/n; echo run $$n; echo wrong $$n >&2"]
        """;

    [Fact]
    public async Task Very_short_runs_are_followed_without_lost_or_duplicate_lines()
    {
        await using var stack = new TestStack(fixture.Engine);
        await stack.StartAsync(Yaml);
        string container = $"{stack.Name}-flash-1";
        await EndedAsync(stack, container);

        using var reading = CancellationTokenSource.CreateLinkedTokenSource(stack.Token);
        var log = new FollowedLog(fixture.Engine, token => stack.Stacks.ListServicesAsync(stack.Name, token));
        List<string> output = [];
        List<string> errors = [];
        await foreach (ServiceLogLine line in log.ReadAsync(new LogQuery(), reading.Token))
        {
            (line.Line.IsError ? errors : output).Add(line.Line.Text);
            if (output.Count == Runs && errors.Count == Runs)
            {
                break;
            }

            // The next run starts with the last line of the previous one, and is over before the next check.
            if (output.Count == errors.Count)
            {
                await EndedAsync(stack, container);
                await fixture.Engine.StartContainerAsync(container, stack.Token);
                await EndedAsync(stack, container);
            }
        }

        Assert.Equal(Enumerable.Range(1, Runs).Select(run => $"run {run}"), output);
        Assert.Equal(Enumerable.Range(1, Runs).Select(run => $"wrong {run}"), errors);
    }

    private async Task EndedAsync(TestStack stack, string container)
    {
        await using var watch = new StackWatch(fixture.Engine, stack.Name, stack.Token);
        while (true)
        {
            Task changed = watch.Changed;
            if (await watch.LookAsync(container, stack.Token) is { State: ContainerState.Exited })
            {
                return;
            }

            await StackWatch.NextAsync(changed, TimeSpan.FromSeconds(1), stack.Token);
        }
    }
}
