using ComposeLab.Compose.Diagnostics;

namespace ComposeLab.Compose.Tests.Secrets;

public sealed class CommandWordTests
{
    [Theory]
    [InlineData("/srv/shop", "/srv/shop")]
    [InlineData("my shop", "'my shop'")]
    [InlineData("-rf", "'-rf'")]
    [InlineData("", "''")]
    [InlineData("--%", "('--%')")]
    [InlineData("x'; evil; '", "'x''; evil; '''")]
    [InlineData("x\u2019; evil; \u2018", "'x\u2019\u2019; evil; \u2018\u2018'")]
    [InlineData("$(evil)", "'$(evil)'")]
    [InlineData("a\nevil", "\"a`u{a}evil\"")]
    [InlineData("a\n$(evil)`\"\u201d", "\"a`u{a}`$(evil)```\"`\u201d\"")]
    [InlineData("a\u202eb", "\"a`u{202e}b\"")]
    public void Any_value_is_one_word_on_one_line(string value, string word) => Assert.Equal(word, CommandWord.Quote(value));

    [Theory]
    [InlineData("Invoke-LabCommand db -- id", 20)]
    [InlineData("Invoke-LabCommand 'a -- b' -- id", 26)]
    [InlineData("Invoke-LabCommand \"a`\" -- b\" -- id", 28)]
    [InlineData("Invoke-LabCommand 'a'' -- b' -- id", 28)]
    [InlineData("Restart-LabStack 'a -- b'", -1)]
    public void The_words_that_a_command_passes_on_begin_outside_of_quotes(string command, int at) => Assert.Equal(at, CommandWord.PassedOnAt(command));
}
