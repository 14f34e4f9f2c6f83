using System.Globalization;
using System.Text.RegularExpressions;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Validation.Rules;

/// <summary>A single value.</summary>
/// <param name="sorts">The sorts it may have.</param>
internal sealed class ScalarRule(ScalarSorts sorts) : Rule
{
    private static readonly (ScalarSorts Sort, string Word)[] Words =
    [
        (ScalarSorts.Text, TextWord),
        (ScalarSorts.Number, "a number"),
        (ScalarSorts.Integer, "a whole number"),
        (ScalarSorts.Boolean, "true or false"),
        (ScalarSorts.Null, "empty"),
    ];

    /// <summary>The texts that are allowed; empty: all.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What a text must contain a match of; null: anything.</summary>
    public Regex? Pattern { get; init; }

    /// <summary>The pattern in words, to complete "must be ...".</summary>
    public string PatternWords { get; init; } = "";

    /// <summary>The smallest whole number.</summary>
    public long Minimum { get; init; } = long.MinValue;

    /// <summary>The largest whole number.</summary>
    public long Maximum { get; init; } = long.MaxValue;

    /// <inheritdoc/>
    public override string Expected
    {
        get
        {
            if (Choices.Count > 0)
            {
                return "one of " + string.Join(", ", Choices);
            }

            if (PatternWords.Length > 0)
            {
                return PatternWords;
            }

            string[] words = Words
                .Where(word => sorts.HasFlag(word.Sort) && !(word.Sort == ScalarSorts.Integer && sorts.HasFlag(ScalarSorts.Number)))
                .Select(word => word.Word == "a whole number" ? NumberWords : word.Word)
                .ToArray();
            return string.Join(" or ", words);
        }
    }

    private string NumberWords => (Minimum, Maximum) switch
    {
        (long.MinValue, long.MaxValue) => "a whole number",
        (_, long.MaxValue) => string.Create(CultureInfo.InvariantCulture, $"a whole number of at least {Minimum}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"a whole number from {Minimum} to {Maximum}"),
    };

    /// <inheritdoc/>
    public override bool Fits(Node node) => node is ScalarNode scalar && (sorts & SortOf(scalar)) != 0;

    /// <inheritdoc/>
    protected override void CheckFitting(Node node, ModelPath path)
    {
        var scalar = (ScalarNode)node;
        if (scalar.Kind == ScalarKind.String)
        {
            bool isChosen = Choices.Count == 0 || Choices.Contains(scalar.Text, StringComparer.Ordinal);
            if (!isChosen || Pattern?.IsMatch(scalar.Text) == false)
            {
                throw Broken(node, path, Expected, $"'{SecretMask.Standard.MaskText(scalar.Text)}'");
            }
        }
        else if (decimal.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            && ((Minimum != long.MinValue && number < Minimum) || (Maximum != long.MaxValue && number > Maximum)))
        {
            throw Broken(node, path, Expected, scalar.Text);
        }
    }

    private static ScalarSorts SortOf(ScalarNode scalar) => scalar.Kind switch
    {
        ScalarKind.String => ScalarSorts.Text,
        ScalarKind.Boolean => ScalarSorts.Boolean,
        ScalarKind.Integer => ScalarSorts.Integer,
        ScalarKind.Float => IsWhole(scalar.Text) ? ScalarSorts.Number : ScalarSorts.Number & ~ScalarSorts.Integer,
        ScalarKind.Null => ScalarSorts.Null,
        _ => ScalarSorts.None,
    };

    private static bool IsWhole(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && Math.Floor(value) == value && double.IsFinite(value);
}
