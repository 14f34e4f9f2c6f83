using System.Text.RegularExpressions;
using ComposeLab.Compose.Canonical;
using ComposeLab.Compose.Interpolation;
using ComposeLab.Compose.Merging;

namespace ComposeLab.Compose.Specification;

/// <summary>Types of several attributes.</summary>
internal static partial class Types
{
    /// <summary>Any value.</summary>
    public static AttributeType Any { get; } = new() { IsAny = true };

    /// <summary>Text.</summary>
    public static AttributeType Text { get; } = new() { Scalars = ScalarSorts.Text, Canonical = ScalarValues.Text };

    /// <summary>Text that must be a string in an extended file.</summary>
    public static AttributeType StrictText { get; } = Text with { ScalarsWhenExtended = ScalarSorts.Text };

    /// <summary>True or false, or text that interpolation converts.</summary>
    public static AttributeType Flag { get; } = new() { Scalars = ScalarSorts.Boolean | ScalarSorts.Text, Canonical = ScalarValues.Flag, Cast = ValueCast.Boolean };

    /// <summary>True or false, or text that is converted only when the project is built.</summary>
    public static AttributeType LateFlag { get; } = Flag with { Cast = null };

    /// <summary>True or false, but not text.</summary>
    public static AttributeType TrueOrFalse { get; } = LateFlag with { Scalars = ScalarSorts.Boolean };

    /// <summary>A whole number, also as text.</summary>
    public static AttributeType Integer { get; } = new() { Scalars = ScalarSorts.Integer | ScalarSorts.Text, Canonical = ScalarValues.Integer, Cast = ValueCast.Integer };

    /// <summary>A whole number that may be written as 1e3 or 2.0.</summary>
    public static AttributeType Amount { get; } = Integer with { Scalars = ScalarSorts.Number | ScalarSorts.Text };

    /// <summary>A whole number from 0.</summary>
    public static AttributeType Natural { get; } = Integer with { Canonical = ScalarValues.Natural };

    /// <summary>A number that may have a fraction.</summary>
    public static AttributeType Fraction { get; } = Amount with { Canonical = ScalarValues.Single, Cast = ValueCast.Number };

    /// <summary>A size: bytes as a number, or text with a unit.</summary>
    public static AttributeType Size { get; } = new() { Scalars = ScalarSorts.Number | ScalarSorts.Text, Canonical = ScalarValues.Bytes };

    /// <summary>A duration such as <c>1m30s</c>.</summary>
    public static AttributeType Duration { get; } = Text with { Canonical = ScalarValues.Duration, Print = PrintStyle.Given };

    /// <summary>A list of texts.</summary>
    public static AttributeType Texts { get; } = new() { Items = Text, Canonical = ListValues.Texts };

    /// <summary>A list of texts without duplicates.</summary>
    public static AttributeType UniqueTexts { get; } = Texts with { UniqueItems = true };

    /// <summary>A list of texts in which a later file may repeat an item of an earlier one.</summary>
    public static AttributeType TextSet { get; } = UniqueTexts with { Identity = ItemIdentities.Key };

    /// <summary>A list of texts, or one text.</summary>
    public static AttributeType TextOrTexts { get; } = UniqueTexts with { Scalars = ScalarSorts.Text, Canonical = ListValues.TextOrTexts };

    /// <summary>A command line: text, which is split as in a shell, or a list. A later file replaces it.</summary>
    public static AttributeType Command { get; } = new()
    {
        Scalars = ScalarSorts.Text | ScalarSorts.Null,
        Items = Text,
        Merge = MergeRules.Replace,
        Canonical = ListValues.Command,
        Print = PrintStyle.Command,
    };

    /// <summary>Names with texts, as a mapping or as a list of <c>name=value</c>.</summary>
    public static AttributeType KeyValues { get; } = UniqueTexts with
    {
        Values = new() { Scalars = ScalarSorts.Text | ScalarSorts.Number | ScalarSorts.Boolean | ScalarSorts.Null },
        Names = NotEmpty(),
        NameWords = "text of at least one character",
        Canonical = MapValues.Texts,
    };

    /// <summary>Names with texts. Later files add names and replace texts by name.</summary>
    public static AttributeType Labels { get; } = KeyValues with { Merge = MergeRules.Append, Identity = ItemIdentities.Key };

    /// <summary>Variables: names with texts; a name without a text takes its value from the environment.</summary>
    public static AttributeType Variables { get; } = Labels with { Canonical = MapValues.OptionalTexts };

    /// <summary>Options for a driver.</summary>
    public static AttributeType DriverOptions { get; } = new() { Values = new() { Scalars = ScalarSorts.Text | ScalarSorts.Number }, Canonical = MapValues.Texts };

    /// <summary>One of several texts.</summary>
    /// <param name="choices">The accepted texts.</param>
    public static AttributeType OneOf(params string[] choices) => Text with { Choices = choices };

    /// <summary>A mapping with fixed keys.</summary>
    /// <param name="rows">Its attributes in the order they are printed.</param>
    public static AttributeType Structure(params AttributeRow[] rows) => new() { Attributes = rows, Print = PrintStyle.Given };

    /// <summary>A list of items of one type.</summary>
    /// <param name="items">Their type.</param>
    public static AttributeType ListOf(AttributeType items) => new() { Items = items };

    /// <summary>A mapping with names as keys.</summary>
    /// <param name="values">The type of its values.</param>
    public static AttributeType Named(AttributeType values) => new() { Values = values, Names = Name(), NameWords = "letters, digits and . _ -" };

    /// <summary>A type that also accepts an empty value.</summary>
    /// <param name="type">The type.</param>
    public static AttributeType OrEmpty(AttributeType type) => type with { Scalars = type.Scalars | ScalarSorts.Null };

    [GeneratedRegex(@"^[a-zA-Z0-9._-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(".", RegexOptions.CultureInvariant)]
    private static partial Regex NotEmpty();
}
