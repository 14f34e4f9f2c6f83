using System.Text.RegularExpressions;
using ComposeLab.Compose.Validation.Rules;

namespace ComposeLab.Compose.Validation.Specification;

/// <summary>The shapes of values that many attributes share.</summary>
internal static partial class Common
{
    /// <summary>Any value.</summary>
    public static Rule Any { get; } = new AnyRule();

    /// <summary>Text.</summary>
    public static Rule Text { get; } = new ScalarRule(ScalarSorts.Text);

    /// <summary>A truth value and nothing else.</summary>
    public static Rule TrueOrFalse { get; } = new ScalarRule(ScalarSorts.Boolean);

    /// <summary>A truth value, or text that interpolation makes one.</summary>
    public static Rule Flag { get; } = new ScalarRule(ScalarSorts.Boolean | ScalarSorts.Text);

    /// <summary>A number, or text such as <c>1.5g</c>.</summary>
    public static Rule Number { get; } = new ScalarRule(ScalarSorts.Number | ScalarSorts.Text);

    /// <summary>A whole number, or text such as <c>64m</c>.</summary>
    public static Rule Integer { get; } = new ScalarRule(ScalarSorts.Integer | ScalarSorts.Text);

    /// <summary>A list of text without repetition.</summary>
    public static Rule UniqueTexts { get; } = new ListRule(Text, unique: true);

    /// <summary>A list of text.</summary>
    public static Rule Texts { get; } = new ListRule(Text);

    /// <summary>One text, or a list of text without repetition.</summary>
    public static Rule TextOrList { get; } = new ChoiceRule(Text, UniqueTexts);

    /// <summary>Options of a driver.</summary>
    public static Rule Options { get; } = new NamedRule(new ScalarRule(ScalarSorts.Text | ScalarSorts.Number));

    /// <summary><c>NAME: value</c>, or a list of <c>NAME=value</c>.</summary>
    public static Rule ListOrMapping { get; } = new ChoiceRule(
        new NamedRule(new ScalarRule(ScalarSorts.Text | ScalarSorts.Number | ScalarSorts.Boolean | ScalarSorts.Null))
        {
            Names = NotEmpty(),
            NameWords = "text of at least one character",
        },
        UniqueTexts);

    /// <summary><c>host: address</c>, <c>host: [addresses]</c>, or a list of <c>host=address</c>.</summary>
    public static Rule ExtraHosts { get; } = new ChoiceRule(
        new NamedRule(new ChoiceRule(Text, Texts)) { Names = NotEmpty(), NameWords = "text of at least one character" }, UniqueTexts);

    /// <summary>A command line: nothing, text, or a list of arguments.</summary>
    public static Rule Command { get; } = new ChoiceRule(new ScalarRule(ScalarSorts.Null | ScalarSorts.Text), Texts);

    /// <summary>Whether a resource is not ours; the old mapping syntax names it, too.</summary>
    public static Rule External { get; } = new ChoiceRule(Flag, new MappingRule(new AttributeRule("name", Text)));

    /// <summary><see cref="External"/> for secrets and configs, whose mapping may hold other keys.</summary>
    public static Rule LooseExternal { get; } = new ChoiceRule(Flag, new MappingRule(new AttributeRule("name", Text)) { AllowsOthers = true });

    /// <summary>Process limits by name.</summary>
    public static Rule Ulimits { get; } = new NamedRule(new ChoiceRule(
        Integer,
        new MappingRule(new AttributeRule("hard", Integer, IsRequired: true), new AttributeRule("soft", Integer, IsRequired: true))))
    {
        Names = LowercaseName(),
        NameWords = "lowercase letters",
        AllowsOthers = true,
    };

    /// <summary>How a service uses secrets or configs.</summary>
    public static Rule FileReferences { get; } = new ListRule(new ChoiceRule(
        Text,
        new MappingRule(
            new AttributeRule("source", Text),
            new AttributeRule("target", Text),
            new AttributeRule("uid", Text),
            new AttributeRule("gid", Text),
            new AttributeRule("mode", Number))));

    /// <summary>Commands that run in a container at a moment of its life.</summary>
    public static Rule Hook { get; } = new MappingRule(
        new AttributeRule("command", Command, IsRequired: true),
        new AttributeRule("user", Text),
        new AttributeRule("privileged", Flag),
        new AttributeRule("working_dir", Text),
        new AttributeRule("environment", ListOrMapping));

    /// <summary>Text out of a set.</summary>
    /// <param name="choices">The set.</param>
    /// <returns>The rule.</returns>
    public static Rule OneOf(params string[] choices) => new ScalarRule(ScalarSorts.Text) { Choices = choices };

    /// <summary>Text, or a whole number within bounds.</summary>
    /// <param name="minimum">The smallest number.</param>
    /// <param name="maximum">The largest number.</param>
    /// <returns>The rule.</returns>
    public static Rule Bounded(long minimum, long maximum = long.MaxValue) =>
        new ScalarRule(ScalarSorts.Integer | ScalarSorts.Text) { Minimum = minimum, Maximum = maximum };

    /// <summary>A mapping of named parts of a project.</summary>
    /// <param name="value">What each must look like.</param>
    /// <param name="allowsOthers">Whether keys that are no names pass.</param>
    /// <returns>The rule.</returns>
    public static Rule Named(Rule value, bool allowsOthers = false) =>
        new NamedRule(value) { Names = Name(), NameWords = "letters, digits and . _ -", AllowsOthers = allowsOthers };

    /// <summary>A value that may be left empty.</summary>
    /// <param name="rule">What it must look like otherwise.</param>
    /// <returns>The rule.</returns>
    public static Rule OrNothing(Rule rule) => new ChoiceRule(rule, new ScalarRule(ScalarSorts.Null));

    [GeneratedRegex(@"^[a-zA-Z0-9._-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"^[a-z]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex LowercaseName();

    [GeneratedRegex(".", RegexOptions.CultureInvariant)]
    private static partial Regex NotEmpty();
}
