using System.Text;
using ComposeLab.Terminals;

namespace ComposeLab.Cmdlets.Tests.Terminals;

public sealed class DetachKeysTests
{
    private readonly DetachKeys _keys = new();

    [Fact]
    public void Other_keys_are_passed_on_unchanged()
    {
        Assert.Equal("ls -l\r\u0003\u0011", Pass("ls -l\r\u0003\u0011"));
        Assert.False(_keys.Typed);
    }

    [Fact]
    public void The_two_keys_detach_and_are_not_sent()
    {
        Assert.Equal("a", Pass("a\u0010\u0011b"));
        Assert.True(_keys.Typed);
    }

    [Fact]
    public void The_two_keys_detach_even_if_they_arrive_separately()
    {
        Assert.Equal("", Pass("\u0010"));
        Assert.Equal("", Pass("\u0011"));
        Assert.True(_keys.Typed);
    }

    [Fact]
    public void A_single_Ctrl_P_is_sent_with_the_key_after_it()
    {
        Assert.Equal("", Pass("\u0010"));
        Assert.Equal("\u0010x", Pass("x"));
        Assert.Equal("\u0010", Pass("\u0010\u0010"));
        Assert.False(_keys.Typed);
    }

    private string Pass(string typed) => Encoding.ASCII.GetString(_keys.Pass(Encoding.ASCII.GetBytes(typed)));
}
