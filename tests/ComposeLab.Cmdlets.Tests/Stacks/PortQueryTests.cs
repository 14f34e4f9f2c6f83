using ComposeLab.Errors;
using ComposeLab.Stacks;

namespace ComposeLab.Cmdlets.Tests.Stacks;

public sealed class PortQueryTests
{
    [Theory]
    [InlineData("api:8000", "api", 8000, "tcp")]
    [InlineData("dns:53/udp", "dns", 53, "udp")]
    public void A_port_is_named_by_its_service_and_number(string text, string service, int port, string protocol)
    {
        Assert.Matches(PortQuery.Pattern, text);
        Assert.Equal(new PortQuery(service, port, protocol), PortQuery.Parse(text));
    }

    [Theory]
    [InlineData("api")]
    [InlineData("api:")]
    [InlineData("api:http")]
    [InlineData("api:80/icmp")]
    [InlineData(":80")]
    public void Other_texts_are_rejected(string text) => Assert.DoesNotMatch(PortQuery.Pattern, text);

    [Fact]
    public void Only_published_ports_are_returned_in_the_order_of_the_containers()
    {
        LabService[] services = [Service(1, 32768), Service(2, 32769)];

        Assert.Equal([32768, 32769], PortQuery.Parse("api:80").Find(services).Select(port => port.HostPort));
        var fault = Assert.Throws<LabException>(() => PortQuery.Parse("api:90").Find(services));
        Assert.Equal(LabErrorId.PortNotPublished, fault.Id);
        Assert.Contains("0.0.0.0:32768->80/tcp", fault.Message, StringComparison.Ordinal);
        Assert.Throws<LabException>(() => PortQuery.Parse("api:80/udp").Find(services));
    }

    private static LabService Service(int number, int hostPort) => new()
    {
        ProjectName = "p",
        Service = "api",
        Number = number,
        Container = $"p-api-{number}",
        ContainerId = "",
        Image = "",
        State = LabServiceState.Running,
        Health = LabHealth.None,
        Ports = [new LabPort { HostIp = "0.0.0.0", HostPort = hostPort, ContainerPort = 80, Protocol = "tcp" }, new LabPort { ContainerPort = 90, Protocol = "tcp" }],
        CreatedAt = DateTimeOffset.UnixEpoch,
        Status = "",
    };
}
