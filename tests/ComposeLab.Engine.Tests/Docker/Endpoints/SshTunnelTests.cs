using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Docker.Endpoints;

/// <summary>Engines behind a real ssh server.</summary>
[Trait("Needs", "Engine")]
[Collection(EngineCollection.Name)]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class SshTunnelTests(EngineFixture fixture, SshServer server) : IClassFixture<SshServer>
{
    private static readonly EngineLimits Short = new() { Connect = TimeSpan.FromSeconds(20) };

    [Theory]
    [InlineData("lab-open", 30)]
    [InlineData("lab-closed", 4)]
    public async Task An_engine_is_used_through_one_login_or_through_the_docker_program_of_the_other_side(string host, int calls)
    {
        await using var stack = new TestStack(fixture.Engine);
        await stack.StartAsync("services: { db: { image: IMAGE, network_mode: host, init: true, command: [sh, -c, 'echo hello; sleep 600'] } }");
        using IEngine engine = await ConnectAsync($"ssh://{host}{SocketPath}");

        Assert.False(engine.Info.Endpoint.IsLocal);
        Assert.True(engine.Info.Endpoint.IsRemote);
        IReadOnlyList<ContainerSummary>[] lists = await Task.WhenAll(
            Enumerable.Range(0, calls).Select(_ => engine.ListContainersAsync([$"{StackLabels.Project}={stack.Name}"], stack.Token)));
        Assert.All(lists, list => Assert.Single(list));
        ExecResult result = await ExecRunner.RunAsync(engine, $"{stack.Name}-db-1", new ExecSpec { Command = ["echo", "through ssh"] }, stack.Token);
        Assert.Equal("through ssh\n", result.Output);
    }

    [Theory]
    [InlineData("ssh://lab-unknown", EngineErrorId.EngineNotTrusted)]
    [InlineData("ssh://lab-changed", EngineErrorId.EngineNotTrusted)]
    [InlineData("ssh://lab-stranger", EngineErrorId.EngineAccessDenied)]
    [InlineData("ssh://lab-gone", EngineErrorId.EngineUnreachable)]
    [InlineData("ssh://lab-open/nowhere/docker.sock", EngineErrorId.EngineUnreachable)]
    [InlineData("ssh://lab-closed/nowhere/docker.sock", EngineErrorId.EngineUnreachable)]
    public async Task What_goes_wrong_has_its_own_error_and_a_command_to_try(string address, EngineErrorId id)
    {
        EngineException fault = await Assert.ThrowsAsync<EngineException>(() => ConnectAsync(address));

        Assert.Equal(id, fault.Id);
        Assert.Contains("ssh", fault.Recommendation, StringComparison.Ordinal);
        Assert.DoesNotContain("the connection was lost", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_connection_is_reported_and_the_next_command_logs_in_again()
    {
        using IEngine engine = await ConnectAsync("ssh://lab-open");
        server.EndConnections("open");

        EngineException fault = await Assert.ThrowsAsync<EngineException>(() => engine.ListContainersAsync([], CancellationToken.None));
        Assert.Equal(EngineErrorId.EngineUnreachable, fault.Id);
        using IEngine again = await ConnectAsync("ssh://lab-open");
        Assert.NotNull(await again.ListContainersAsync([], CancellationToken.None));
    }

    // The ssh server is on this machine, so the other side has the same engines. Another one than the default is named by its socket.
    private string SocketPath => fixture.Engine.Info.Endpoint.Address is { Scheme: "unix", AbsolutePath: not "/var/run/docker.sock" } address ? address.AbsolutePath : "";

    private static Task<IEngine> ConnectAsync(string address) =>
        EngineConnection.ConnectAsync(EngineEndpoint.Resolve(new Dictionary<string, string>(), address), Short, CancellationToken.None);
}
