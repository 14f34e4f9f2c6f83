using ComposeLab.Engine.Docker;
using Docker.DotNet.Models;

namespace ComposeLab.Engine.Tests.Docker;

/// <summary>Engines call a container unhealthy after a pause, until its next probe: that is no verdict.</summary>
public sealed class HealthVerdictTests
{
    [Theory]
    [InlineData("unhealthy", 0, 3, HealthStatus.Starting)]
    [InlineData("unhealthy", 2, 3, HealthStatus.Starting)]
    [InlineData("unhealthy", 3, 3, HealthStatus.Unhealthy)]
    [InlineData("unhealthy", 1, 1, HealthStatus.Unhealthy)]
    [InlineData("unhealthy", 2, 0, HealthStatus.Starting)]
    [InlineData("unhealthy", 3, 0, HealthStatus.Unhealthy)]
    [InlineData("healthy", 0, 3, HealthStatus.Healthy)]
    [InlineData("starting", 1, 3, HealthStatus.Starting)]
    public void A_container_is_unhealthy_after_as_many_failed_probes_as_its_retries(string told, int failed, int retries, HealthStatus expected) => Assert.Equal(
        expected,
        ContainerResponseMapping.Details(new ContainerInspectResponse
        {
            ID = "1",
            Name = "/db",
            State = new State { Status = "running", Health = new Health { Status = told, FailingStreak = failed } },
            Config = new ContainerConfig { Healthcheck = new HealthcheckConfig { Retries = retries } },
        }).Health);
}
