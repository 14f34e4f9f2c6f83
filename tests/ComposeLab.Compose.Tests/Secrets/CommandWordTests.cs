using ComposeLab.Compose.Diagnostics;

namespace ComposeLab.Compose.Tests.Secrets;

public sealed class CommandWordTests
{
    [Theory]
    [InlineData("/srv/shop", "/srv/shop")]
    [InlineData("my shop", "'my shop'")]
    [InlineData("-rf", "'-rf'")]
    [InlineData("", "''")]
    [InlineData("x'; evil; '", "'x''; evil; '''")]
    [InlineData("x\u2019; evil; \u2018", "'x\u2019\u2019; evil; \u2018\u2018'")]
    [InlineData("$(evil)", "'$(evil)'")]
    [InlineData("a\nevil", "\"a`u{a}evil\"")]
    [InlineData("a\n$(evil)`\"\u201d", "\"a`u{a}`$(evil)```\"`\u201d\"")]
    [InlineData("a\u202eb", "\"a`u{202e}b\"")]
    public void Any_value_is_one_word_on_one_line(string value, string word) => Assert.Equal(word, CommandWord.Quote(value));
}
