using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Engine;

[Trait("Needs", "Engine")]
[Collection(EngineCollection.Name)]
public sealed class InitContainerTests(EngineFixture fixture)
{
    [Fact]
    public async Task The_service_can_read_the_output_of_its_removed_init_container()
    {
        await using var stack = new TestStack(fixture.Engine);

        await stack.StartAsync("""
            services:
              api:
                image: IMAGE
                init: true
                networks: [front, back]
                volumes: ["data:/data", /scratch]
                environment: { WHO: service }
                command: ["sh", "-c", "cat /data/who /scratch/who > /seen; exec sleep 600"]
                configs: [{ source: note, target: /note }]
                pre_start:
                  - { command: ["sh", "-c", "echo $$WHO $$(ls /sys/class/net | grep -c eth) > /data/who"], environment: { WHO: first } }
                  - { command: ["sh", "-c", "cat /note > /scratch/who; echo second >> /data/who"] }
            networks: { front: , back: }
            volumes: { data: }
            configs: { note: { content: "noted\n" } }
            """);

        Assert.Equal("first 2\nsecond\nnoted", await stack.RunAsync("api", "cat /seen"));
        Assert.Empty(await LeftAsync(stack));
        Assert.Single(await stack.Stacks.ListServicesAsync(stack.Name, stack.Token));
    }

    [Fact]
    public async Task A_failed_init_container_stops_the_start_with_its_code_and_output_and_is_removed()
    {
        await using var stack = new TestStack(fixture.Engine);

        EngineException fault = await Assert.ThrowsAsync<EngineException>(() => stack.StartAsync(
            "services: { api: { image: IMAGE, network_mode: host, init: true, pre_start: [{ command: [sh, -c, 'echo no schema; exit 7'] }] } }"));

        Assert.Equal((EngineErrorId.CommandFailed, "api", 7), (fault.Id, fault.Service, fault.Evidence!.ExitCode));
        Assert.Equal(["no schema"], fault.Evidence.LogTail);
        Assert.Equal(ContainerState.Created, (await stack.InspectAsync("api")).State);
        Assert.Empty(await LeftAsync(stack));
    }

    private Task<IReadOnlyList<ContainerSummary>> LeftAsync(TestStack stack) =>
        fixture.Engine.ListContainersAsync([$"{StackLabels.Project}={stack.Name}", StackLabels.Hook], stack.Token);
}
