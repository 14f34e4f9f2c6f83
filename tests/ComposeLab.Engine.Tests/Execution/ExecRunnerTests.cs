using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Execution;

[Trait("Needs", "Engine")]
[Collection(EngineCollection.Name)]
public sealed class ExecRunnerTests(EngineFixture fixture)
{
    private const string Yaml = """
        services:
          web: { image: IMAGE, init: true, network_mode: host }
        """;

    [Fact]
    public async Task Bytes_pass_unchanged()
    {
        await using var stack = new TestStack(fixture.Engine);
        await stack.StartAsync(Yaml);
        byte[] bytes = [.. Enumerable.Range(0, 300_000).Select(index => (byte)(index * 7))];
        using var output = new MemoryStream();
        using var error = new MemoryStream();

        int exitCode = await ExecRunner.RunAsync(
            fixture.Engine, $"{stack.Name}-web-1", new ExecSpec { Command = ["cat"], Input = true }, bytes, output, error, stack.Token);

        Assert.Equal(0, exitCode);
        Assert.Equal(bytes, output.ToArray());
        Assert.Empty(error.ToArray());
    }

    [Theory]
    [InlineData("nosuch", null, EngineErrorId.ProgramNotFound)]
    [InlineData("/tmp", null, EngineErrorId.ProgramNotFound)]
    [InlineData("true", "nosuch", EngineErrorId.UserNotFound)]
    public async Task A_command_that_cannot_be_started_is_an_error_not_output(string program, string? user, EngineErrorId id)
    {
        await using var stack = new TestStack(fixture.Engine);
        await stack.StartAsync(Yaml);

        var fault = await Assert.ThrowsAsync<EngineException>(
            () => ExecRunner.RunAsync(fixture.Engine, $"{stack.Name}-web-1", new ExecSpec { Command = [program], User = user }, stack.Token));

        Assert.Equal(id, fault.Id);
    }

    [Theory]
    [InlineData(126)]
    [InlineData(127)]
    [InlineData(3)]
    public async Task The_output_and_exit_code_of_a_command_are_passed_on_unchanged(int code)
    {
        await using var stack = new TestStack(fixture.Engine);
        await stack.StartAsync(Yaml);

        ExecResult result = await ExecRunner.RunAsync(
            fixture.Engine, $"{stack.Name}-web-1", new ExecSpec { Command = ["sh", "-c", $"echo OCI runtime exec failed: as a joke; exit {code}"] }, stack.Token);

        Assert.Equal(code, result.ExitCode);
        Assert.Equal("OCI runtime exec failed: as a joke\n", result.Output);
    }

    [Fact]
    public async Task A_canceled_command_is_stopped_in_the_container_with_its_children_and_no_other_one()
    {
        await using var stack = new TestStack(fixture.Engine);
        await stack.StartAsync(Yaml);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stack.Token);
        Task<string> other = stack.RunAsync("web", "while [ ! -e /tmp/stop ]; do sleep 0.1; done; echo survived");
        Task<ExecResult> running = ExecRunner.RunAsync(
            fixture.Engine, $"{stack.Name}-web-1", new ExecSpec { Command = ["sh", "-c", "sleep 4321 & touch /tmp/runs; wait"] }, cancel.Token);
        await stack.RunAsync("web", "while [ ! -e /tmp/runs ]; do sleep 0.1; done");

        await cancel.CancelAsync();

        await Assert.ThrowsAsync<ExecCanceledException>(() => running);
        await stack.RunAsync("web", "while grep -qs '[4]321' /proc/[0-9]*/cmdline; do sleep 0.1; done");
        await stack.RunAsync("web", "touch /tmp/stop");
        Assert.Equal("survived", await other);
    }
}
