using ComposeLab.Database;

namespace ComposeLab.Cmdlets.Tests.Database;

public sealed class TimeSharesTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(0.0, 8.0)]
    [InlineData(2.0, 6.0)]
    [InlineData(5.5, 2.5)]
    [InlineData(7.0, 2.5)]
    [InlineData(9.0, 0.5)]
    public void A_late_login_has_the_rest_of_its_share_and_a_reserve(double elapsed, double share) =>
        Assert.Equal(share, After(elapsed).ForLogin().TotalSeconds, 3);

    [Theory]
    [InlineData(0.0, 5.5)]
    [InlineData(4.0, 1.5)]
    public void Waiting_for_a_container_keeps_the_reserve_of_the_login(double elapsed, double share) => Assert.Equal(share, After(elapsed).ForHelper().TotalSeconds, 3);

    [Theory]
    [InlineData(10, 3.0)]
    [InlineData(60, 12.0)]
    [InlineData(2, 1.6)]
    public void An_application_has_three_seconds_or_a_fifth_of_the_limit_to_answer(int limit, double share) =>
        Assert.Equal(share, new TimeShares(TimeSpan.FromSeconds(limit), () => TimeSpan.Zero).ForAnswer().TotalSeconds, 3);

    [Theory]
    [InlineData(0.0)]
    [InlineData(5.5)]
    [InlineData(8.0)]
    [InlineData(9.4)]
    public void Everything_ends_before_the_limit(double elapsed)
    {
        TimeShares time = After(elapsed);

        Assert.All([time.ForLogin(), time.ForHelper(), time.ForAnswer(), time.ForRest()], share => Assert.InRange(share.TotalSeconds + elapsed, elapsed, 9.5));
    }

    [Fact]
    public void No_share_is_ever_zero()
    {
        TimeShares time = After(20);

        Assert.All([time.ForLogin(), time.ForHelper(), time.ForAnswer(), time.ForRest()], share => Assert.True(share > TimeSpan.Zero));
    }

    private static TimeShares After(double seconds) => new(Limit, () => TimeSpan.FromSeconds(seconds));
}
