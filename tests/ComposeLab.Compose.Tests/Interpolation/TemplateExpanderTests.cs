using ComposeLab.Compose.Environment;
using ComposeLab.Compose.Interpolation;
using ComposeLab.Compose.Tests.Hostile;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Tests.Interpolation;

public sealed class TemplateExpanderTests
{
    private static readonly Dictionary<string, Variable> Variables = new(StringComparer.Ordinal)
    {
        ["SET"] = new Variable("val", VariableSource.Os),
        ["EMPTY"] = new Variable("", VariableSource.DotEnv, ".env", 3),
    };

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("$SET/${SET}", "val/val")]
    [InlineData("a$$b", "a$b")]
    [InlineData("$$$SET", "$val")]
    [InlineData("$1 $( $- $", "$1 $( $- $")]
    [InlineData("${UNSET}", "")]
    [InlineData("${UNSET:-d}|${UNSET-d}|${EMPTY:-d}|${EMPTY-d}", "d|d|d|")]
    [InlineData("${SET:+x}|${EMPTY:+x}|${EMPTY+x}|${UNSET+x}", "x||x|")]
    [InlineData("${SET:?no}|${EMPTY?no}", "val|")]
    [InlineData("${UNSET:-${SET}-${UNSET:-x}}", "val-x")]
    [InlineData("${UNSET-a:?b}", "a:?b")]
    [InlineData("${UNSET:-a}b}", "ab}")]
    [InlineData("x${UNSET:-{}}y", "x{}y")]
    [InlineData("${UNSET:-}", "")]
    [InlineData("${UNSET:-$$x}", "$x")]
    [InlineData("${SET:-${UNSET:?no}}|${UNSET:+${UNSET:?no}}|${SET:?${UNSET?no}}", "val||val")]
    [InlineData("${SET:-${}}", "val")]
    [InlineData("first ${SET}\nsecond ${UNSET:-b}", "first val\nsecond b")]
    public void An_expression_is_replaced_by_its_value(string text, string expected) => Assert.Equal(expected, Expander().Expand(text));

    [Theory]
    [InlineData("${}", 0, 3)]
    [InlineData("ab${ SET }", 2, 3)]
    [InlineData("${1A}", 0, 3)]
    [InlineData("${SET", 0, 5)]
    [InlineData("${SET:=x}", 0, 6)]
    [InlineData("${#SET}", 0, 3)]
    [InlineData("${SET/a/b}", 0, 6)]
    [InlineData("${SET:-a\n}", 0, 6)]
    [InlineData("${UNSET:-${}}", 9, 3)]
    public void An_invalid_expression_is_reported_with_its_place(string text, int offset, int length)
    {
        var error = Assert.Throws<TemplateException>(() => Expander().Expand(text));
        Assert.Equal((offset, length, false), (error.Offset, error.Length, error.IsRequired));
    }

    [Theory]
    [InlineData("${UNSET?}", "required variable UNSET is missing a value")]
    [InlineData("${EMPTY:?say $SET}", "required variable EMPTY is missing a value: say val")]
    [InlineData("${UNSET:-${EMPTY:?inner}}", "required variable EMPTY is missing a value: inner")]
    public void An_unset_required_variable_is_reported_with_its_message(string text, string message)
    {
        var error = Assert.Throws<TemplateException>(() => Expander().Expand(text));
        Assert.True(error.IsRequired);
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void The_uses_contain_the_source_of_each_value()
    {
        TemplateExpander expander = Expander();
        expander.Expand("$SET ${EMPTY-x} ${UNSET:-y} $OTHER");
        Assert.Equal(
            [
                new VariableUse("SET", VariableSource.Os),
                new VariableUse("EMPTY", VariableSource.DotEnv, ".env", 3),
                new VariableUse("UNSET", VariableSource.Default),
                new VariableUse("OTHER", VariableSource.None),
            ],
            expander.Uses);
        Assert.Equal(["OTHER"], expander.Unset);
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_one_error()
    {
        string text = string.Concat(Enumerable.Repeat("${A:-", 200)) + new string('}', 200);
        Assert.Contains("nested deeper", Assert.Throws<TemplateException>(() => Expander().Expand(text)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("${A:-x}")]
    [InlineData("${A:-{x}}")]
    [InlineData("$A ")]
    public void Many_expressions_cost_linear_time(string expression)
    {
        string text = string.Concat(Enumerable.Repeat(expression, 300_000));
        var worked = ThreadTime.Now;
        Expander().Expand(text);
        Assert.InRange((ThreadTime.Now - worked).TotalSeconds, 0, 5);
    }

    private static TemplateExpander Expander() => new(name => Variables.GetValueOrDefault(name));
}
