using ComposeLab.Database;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Cmdlets.Tests.Database;

/// <summary>A published port is one of the engine's machine, which may be another one.</summary>
public sealed class DatabaseRoutesTests
{
    [Theory]
    [InlineData("unix:///var/run/docker.sock", "0.0.0.0", "127.0.0.1")]
    [InlineData("unix:///var/run/docker.sock", "127.0.0.1", "127.0.0.1")]
    [InlineData("unix:///var/run/docker.sock", "192.0.2.1", "192.0.2.1")]
    [InlineData("npipe://./pipe/docker_engine", "0.0.0.0", "127.0.0.1")]
    [InlineData("tcp://edge1:2376", "0.0.0.0", "edge1")]
    [InlineData("https://edge1:2376", "::", "edge1")]
    [InlineData("tcp://[2001:db8::1]:2376", "", "2001:db8::1")]
    [InlineData("npipe://edge1/pipe/docker_engine", "0.0.0.0", "edge1")]
    [InlineData("tcp://edge1:2376", "127.0.0.1", null)]
    [InlineData("https://edge1:2376", "127.0.0.1", null)]
    [InlineData("ssh://edge1", "0.0.0.0", null)]
    [InlineData("ssh://edge1", "127.0.0.1", null)]
    [InlineData("tcp://127.0.0.1:2375", "0.0.0.0", null)]
    [InlineData("tcp://localhost:2375", "0.0.0.0", null)]
    public void A_published_port_is_reached_at_the_machine_of_the_engine_or_through_a_container(string engine, string published, string? expected)
    {
        var container = new ContainerSummary
        {
            Id = "1",
            Name = "shop-db-1",
            Image = "postgres",
            ImageId = "2",
            Created = DateTimeOffset.UnixEpoch,
            State = ContainerState.Running,
            Health = HealthStatus.None,
            ExitCode = null,
            Status = "Up",
            Labels = new Dictionary<string, string>(),
            Networks = new Dictionary<string, ContainerNetwork>(),
            Mounts = [],
            Ports = [new PortMapping(published, 15432, 5432, "tcp")],
        };

        (string Host, int Port, int Target)? found = DatabaseRoutes.Published(new EngineEndpoint(new Uri(engine), "test"), container, 5432);

        Assert.Equal(expected is null ? null : (expected, 15432, 5432), found);
    }
}
