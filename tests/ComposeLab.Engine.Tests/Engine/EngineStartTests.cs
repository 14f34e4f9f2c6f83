using System.Net.Sockets;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Tests.Engine;

public sealed class EngineStartTests
{
    [Theory]
    [InlineData("unix:///var/run/docker.sock", false, false, "/run/systemd/system", "sudo systemctl start docker; ")]
    [InlineData("unix:///var/run/docker.sock", false, false, "/etc/init.d/docker", "sudo service docker start; ")]
    [InlineData("unix:///var/run/docker.sock", false, false, "", "Start the engine (for example, with ./lab up)")]
    [InlineData("unix:///var/run/docker.sock", true, false, "", "open -a Docker; ")]
    [InlineData("npipe://./pipe/docker_engine", false, true, "", "& \"$Env:ProgramFiles\\Docker\\")]
    [InlineData("tcp://far:2375", false, false, "/run/systemd/system", "Start the engine on far, ")]
    public void The_start_command_of_a_stopped_engine_fits_the_machine(string address, bool mac, bool windows, string there, string expected) =>
        Assert.StartsWith(
            expected, EngineStart.On(new Uri(address), new SocketException((int)SocketError.ConnectionRefused), mac, windows, path => path == there), StringComparison.Ordinal);

    [Fact]
    public void A_user_without_access_to_the_socket_is_told_the_group() =>
        Assert.Contains(
            "usermod -aG docker",
            EngineStart.On(new Uri("unix:///var/run/docker.sock"), new HttpRequestException("no", new SocketException((int)SocketError.AccessDenied)), false, false, _ => true),
            StringComparison.Ordinal);

    [Fact]
    public void A_socket_without_permission_is_named_as_such()
    {
        EngineException fault = Assert.IsType<EngineException>(EngineFault.Of(
            new EngineEndpoint(new Uri("unix:///var/run/docker.sock"), "default"),
            new HttpRequestException("no", new SocketException((int)SocketError.AccessDenied)),
            CancellationToken.None,
            "ReadVersion"));

        Assert.Equal(EngineErrorId.EngineUnreachable, fault.Id);
        Assert.Contains("access was denied", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_of_Windows_without_access_to_the_pipe_is_told_the_group()
    {
        EngineException fault = Assert.IsType<EngineException>(EngineFault.Of(
            new EngineEndpoint(new Uri("npipe://./pipe/docker_engine"), "default"), new UnauthorizedAccessException("no"), CancellationToken.None, "ReadVersion"));

        Assert.Equal(EngineErrorId.EngineUnreachable, fault.Id);
        Assert.Contains("access was denied", fault.Message, StringComparison.Ordinal);
        Assert.Contains("docker-users", EngineStart.On(new Uri("npipe://./pipe/docker_engine"), fault.InnerException, false, true, _ => false), StringComparison.Ordinal);
    }
}
