using System.Net.Sockets;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Tests.Engine;

public sealed class EngineStartTests
{
    [Theory]
    [InlineData("unix:///var/run/docker.sock", false, false, "/run/systemd/system", "sudo systemctl start docker; ")]
    [InlineData("unix:///var/run/docker.sock", false, false, "/etc/init.d/docker", "sudo service docker start; ")]
    [InlineData("unix:///var/run/docker.sock", false, false, "", "Start the engine (./lab up ")]
    [InlineData("unix:///var/run/docker.sock", true, false, "", "open -a Docker; ")]
    [InlineData("npipe://./pipe/docker_engine", false, true, "", "& \"$Env:ProgramFiles\\Docker\\")]
    [InlineData("tcp://far:2375", false, false, "/run/systemd/system", "Start the engine at far, ")]
    public void An_engine_that_does_not_run_is_started_as_this_machine_does_it(string address, bool mac, bool windows, string there, string expected) =>
        Assert.StartsWith(
            expected, EngineStart.On(new Uri(address), new SocketException((int)SocketError.ConnectionRefused), mac, windows, path => path == there), StringComparison.Ordinal);

    [Fact]
    public void A_user_who_may_not_use_the_socket_is_told_which_group_may() =>
        Assert.Contains(
            "usermod -aG docker",
            EngineStart.On(new Uri("unix:///var/run/docker.sock"), new HttpRequestException("no", new SocketException((int)SocketError.AccessDenied)), false, false, _ => true),
            StringComparison.Ordinal);
}
