using ComposeLab.Compose.Writing;

namespace ComposeLab.Compose.Tests.Writing;

public sealed class ScalarTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("two words", "two words")]
    [InlineData("", "\"\"")]
    [InlineData("true", "\"true\"")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("Off", "\"Off\"")]
    [InlineData("null", "\"null\"")]
    [InlineData("~", "\"~\"")]
    [InlineData("8080", "\"8080\"")]
    [InlineData("1.5e3", "\"1.5e3\"")]
    [InlineData("0x1F", "\"0x1F\"")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData(".inf", "\".inf\"")]
    [InlineData("2024-01-02", "\"2024-01-02\"")]
    [InlineData("22:22", "\"22:22\"")]
    [InlineData("22:62", "22:62")]
    [InlineData("8080:80/tcp", "8080:80/tcp")]
    [InlineData("<<", "<<")]
    [InlineData("a: b", "'a: b'")]
    [InlineData("a #b", "'a #b'")]
    [InlineData("a#b", "a#b")]
    [InlineData("*.js", "'*.js'")]
    [InlineData("it's", "it's")]
    [InlineData("'it's", "'''it''s'")]
    [InlineData("- a", "'- a'")]
    [InlineData("-a", "-a")]
    [InlineData(" lead", "' lead'")]
    [InlineData("---", "'---'")]
    [InlineData("a\tb", "\"a\\tb\"")]
    [InlineData("\u0001", "\"\\x01\"")]
    [InlineData("ä", "ä")]
    [InlineData("😀", "\"\\U0001F600\"")]
    public void Text_is_quoted_only_if_it_would_be_read_as_another_type(string text, string expected) =>
        Assert.Equal(expected, ScalarText.Inline(text));

    [Fact]
    public void A_key_that_would_be_read_as_a_merge_is_quoted() => Assert.Equal("\"<<\"", ScalarText.Key("<<"));

    [Theory]
    [InlineData("a\nb", "|-")]
    [InlineData("a\nb\n", "|")]
    [InlineData("a\n\n", "|+")]
    [InlineData(" a\nb\n", "|2")]
    [InlineData("\na", "|2-")]
    public void The_header_of_a_block_keeps_leading_and_trailing_lines(string text, string header) => Assert.Equal(header, ScalarText.LiteralHeader(text));
}
