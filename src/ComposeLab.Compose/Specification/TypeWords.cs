using System.Globalization;

namespace ComposeLab.Compose.Specification;

/// <summary>What a type accepts, in words.</summary>
internal static class TypeWords
{
    /// <summary>The word for text.</summary>
    public const string Text = "text";

    /// <summary>The word for lists.</summary>
    public const string List = "a list";

    /// <summary>The words of a type.</summary>
    /// <param name="type">The type.</param>
    public static string Of(AttributeType type) => type.IsAny ? "any value" : string.Join(" or ", Parts(type));

    private static IEnumerable<string> Parts(AttributeType type)
    {
        if (type.Choices.Count > 0)
        {
            yield return "one of " + string.Join(", ", type.Choices);
        }
        else if (type.PatternWords.Length > 0)
        {
            yield return type.PatternWords;
        }
        else if (type.Scalars.HasFlag(ScalarSorts.Text))
        {
            yield return Text;
        }

        if (type.Scalars.HasFlag(ScalarSorts.Number))
        {
            yield return "a number";
        }
        else if (type.Scalars.HasFlag(ScalarSorts.Integer))
        {
            yield return WholeNumber(type);
        }

        if (type.Scalars.HasFlag(ScalarSorts.Boolean))
        {
            yield return "true or false";
        }

        if (type.Items is not null)
        {
            yield return List;
        }

        if (type.Attributes is not null || type.Values is not null)
        {
            yield return "a mapping";
        }

        if (type.Scalars.HasFlag(ScalarSorts.Null))
        {
            yield return "empty";
        }
    }

    private static string WholeNumber(AttributeType type) => (type.Minimum, type.Maximum) switch
    {
        (long.MinValue, long.MaxValue) => "a whole number",
        (_, long.MaxValue) => string.Create(CultureInfo.InvariantCulture, $"a whole number of at least {type.Minimum}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"a whole number from {type.Minimum} to {type.Maximum}"),
    };
}
