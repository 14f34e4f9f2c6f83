using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Environment;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Tests.Environment;

public sealed class EnvFileParserTests
{
    [Theory]
    [InlineData("A=1", "1")]
    [InlineData("A: 1", "1")]
    [InlineData("  export   A = 1  ", "1")]
    [InlineData("\uFEFFA=1\r\n", "1")]
    [InlineData("# note\n\nA=b c # comment", "b c")]
    [InlineData("A=b#c", "b#c")]
    [InlineData("A= #y", "#y")]
    [InlineData("A=", "")]
    [InlineData("A=a=b", "a=b")]
    [InlineData("A=\\n", "\\n")]
    [InlineData("A=$OS-${NONE:-d}", "from os-d")]
    [InlineData("A='$OS \\' \\n'", "$OS ' \\n")]
    [InlineData("A='one\ntwo'", "one\ntwo")]
    [InlineData("A=\"one\ntwo\"", "one\ntwo")]
    [InlineData("A=\"\\a\\b\\f\\n\\r\\t\\v\\\"\\\\\"", "\a\b\f\n\r\t\v\"\\")]
    [InlineData("A=\"\\x41\\u0041\\c\"", "\\x41\\u0041\\c")]
    [InlineData("A=\"\\0101\\012\\0777\"", "A\\012\\0777")]
    [InlineData("A=\"\\$OS $OS\"", "$OS from os")]
    [InlineData("A=\"a\"b", "a")]
    [InlineData("A=\"a\" # comment\nB=2", "a")]
    [InlineData("A=1\nA=2", "2")]
    public void A_value_is_read_according_to_the_rules(string text, string expected) => Assert.Equal(expected, Read(text)["A"]);

    [Fact]
    public void A_bare_name_takes_the_value_of_a_variable_and_is_skipped_if_it_is_not_set() =>
        Assert.Equal(new Dictionary<string, string> { ["OS"] = "from os", ["B"] = "1" }, Read("OS\nNONE\nB=1\nNONE"));

    [Fact]
    public void An_outside_variable_overrides_an_earlier_line_in_expansions() =>
        Assert.Equal("from os/1", Read("OS=mine\nX=1\nA=$OS/$X")["A"]);

    [Theory]
    [InlineData("a.b")]
    [InlineData("A-B")]
    [InlineData("A[0]")]
    [InlineData("1A")]
    [InlineData("Ä")]
    public void A_name_can_contain_letters_digits_and_a_few_other_characters(string name) => Assert.Equal("1", Read(name + "=1")[name]);

    [Theory]
    [InlineData("A=1\nB!C=1", 2, 2)]
    [InlineData("A=1\n\nB C=1", 3, 2)]
    [InlineData("A=1\nB='x\ny", 2, 3)]
    [InlineData("A=\"x\ny\"\nB=\"", 3, 3)]
    [InlineData("A=${", 1, 3)]
    public void An_invalid_line_is_reported_with_line_and_column(string text, int line, int column)
    {
        var error = Assert.Throws<ComposeException>(() => Read(text));
        Assert.Equal((ComposeErrorId.EnvFileInvalid, "t.env", line, column), (error.Id, error.File, error.Line, error.Column));
    }

    [Fact]
    public void An_error_never_shows_the_value() =>
        Assert.DoesNotContain("hunter2", Assert.Throws<ComposeException>(() => Read("A='hunter2")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_raw_format_keeps_values_unchanged()
    {
        var source = new EnvFileText("r.env", "A=$B\nC=\"q\" # x\n\n# note\n  D\n");
        Assert.Equal(
            [("A", "$B", 1), ("C", "\"q\" # x", 2), ("D", "outer", 5)],
            RawEnvFileParser.Parse(source, _ => new Variable("outer", VariableSource.Os), CancellationToken.None)
                .Select(entry => (entry.Name, entry.Value, entry.Line)));
    }

    private static Dictionary<string, string> Read(string text)
    {
        var source = new EnvFileText("t.env", text.TrimStart('\uFEFF'));
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var parser = new EnvFileParser(
            source, name => name == "OS" ? new Variable("from os", VariableSource.Os) : null, new Dictionary<string, string>());
        foreach (EnvFileEntry entry in parser.Parse(CancellationToken.None))
        {
            values[entry.Name] = entry.Value;
        }

        return values;
    }
}
