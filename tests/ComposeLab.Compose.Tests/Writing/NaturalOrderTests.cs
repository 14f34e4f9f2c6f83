using ComposeLab.Compose.Writing;

namespace ComposeLab.Compose.Tests.Writing;

public sealed class NaturalOrderTests
{
    [Theory]
    [InlineData("a", "b")]
    [InlineData("a", "ab")]
    [InlineData("a2", "a10")]
    [InlineData("A_B", "AB")]
    [InlineData("1a", "1_")]
    [InlineData("B", "a")]
    [InlineData("a100", "a101")]
    [InlineData("1002", "1020")]
    public void Keys_are_sorted_in_natural_order(string first, string second)
    {
        Assert.True(NaturalOrder.Instance.Compare(first, second) < 0);
        Assert.True(NaturalOrder.Instance.Compare(second, first) > 0);
    }
}
