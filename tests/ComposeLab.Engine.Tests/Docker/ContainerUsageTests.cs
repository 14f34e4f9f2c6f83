using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Tests.Docker;

public sealed class ContainerUsageTests
{
    [Theory]
    [InlineData(0.5, 2, 2, 50)]
    [InlineData(2, 2, 2, 200)]
    [InlineData(0, 2, 2, 0)]
    [InlineData(-1, 2, 2, 0)]
    [InlineData(1, 0, 2, 0)]
    public void The_usage_is_in_percent_of_one_CPU(double used, double passed, int cpus, double percent) => Assert.Equal(percent, ContainerUsage.Percent(used, passed, cpus));
}
