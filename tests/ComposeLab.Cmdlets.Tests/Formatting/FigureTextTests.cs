using ComposeLab.Formatting;

namespace ComposeLab.Cmdlets.Tests.Formatting;

public sealed class FigureTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData(0L, "0 B")]
    [InlineData(999L, "999 B")]
    [InlineData(1000L, "1.00 kB")]
    [InlineData(999_499L, "999 kB")]
    [InlineData(999_500L, "1.00 MB")]
    [InlineData(34_149_999L, "34.1 MB")]
    [InlineData(690_000_000L, "690 MB")]
    [InlineData(-200_000L, "-200 kB")]
    [InlineData(long.MaxValue, "9223 PB")]
    public void Byte_sizes_have_three_digits(long? bytes, string text) => Assert.Equal(text, ByteText.Of(bytes));

    [Theory]
    [InlineData(null, "")]
    [InlineData(0.0, "0.00 s")]
    [InlineData(9.99, "9.99 s")]
    [InlineData(12.34, "12.3 s")]
    [InlineData(65.0, "1 min 05 s")]
    [InlineData(3700.0, "1 h 01 min")]
    public void Durations_have_an_appropriate_precision(double? seconds, string text) =>
        Assert.Equal(text, DurationText.Of(seconds is { } known ? TimeSpan.FromSeconds(known) : null));

    [Theory]
    [InlineData(null, "")]
    [InlineData(0.0, "")]
    [InlineData(0.0001, "▏")]
    [InlineData(0.5, "█████")]
    [InlineData(0.55, "█████▌")]
    [InlineData(1.0, "██████████")]
    [InlineData(1.5, "██████████")]
    public void A_bar_is_never_longer_than_its_width_and_never_empty_for_a_nonzero_share(double? share, string bar) =>
        Assert.Equal(bar, BarText.Of(share, 10));
}
