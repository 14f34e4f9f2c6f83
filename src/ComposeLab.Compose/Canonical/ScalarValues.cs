using System.Globalization;
using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Units;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Canonical;

/// <summary>Canonical forms of single values.</summary>
internal static class ScalarValues
{
    public static Node Text(Node value) => value switch
    {
        ScalarNode { Kind: ScalarKind.String } => value,
        ScalarNode { Kind: ScalarKind.Integer } number => ScalarNode.String(number.Text, number.Origin),
        _ => throw new InvalidValueException("text", value),
    };

    public static Node Flag(Node value) => value switch
    {
        ScalarNode { Kind: ScalarKind.Boolean } => value,
        ScalarNode { Kind: ScalarKind.String } text => text.Text.ToLowerInvariant() switch
        {
            "true" or "y" or "yes" or "on" => ScalarNode.Boolean(true, text.Origin),
            "false" or "n" or "no" or "off" => ScalarNode.Boolean(false, text.Origin),
            _ => throw new InvalidValueException("true or false", value),
        },
        _ => throw new InvalidValueException("true or false", value),
    };

    public static Node Integer(Node value) => value switch
    {
        ScalarNode { Kind: ScalarKind.Integer } number when IsLong(number) => value,
        // Every 64-bit integer is within the bounds; the upper bound itself is the first value that is not.
        ScalarNode { Kind: ScalarKind.Float } number when Number(number) is >= long.MinValue and < long.MaxValue and var whole =>
            ScalarNode.Integer((long)whole, number.Origin),
        ScalarNode { Kind: ScalarKind.String } text when long.TryParse(text.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) =>
            ScalarNode.Integer(number, text.Origin),
        _ => throw new InvalidValueException("a whole number of 64 bits", value),
    };

    public static Node Natural(Node value) =>
        Integer(value) is ScalarNode number && !number.Text.StartsWith('-') ? number : throw new InvalidValueException("a whole number of at least 0", value);

    /// <summary>A whole number that the reference does not read from text.</summary>
    public static Node NaturalNumber(Node value) =>
        value is ScalarNode { Kind: ScalarKind.String } ? throw new InvalidValueException("a number without quotes", value) : Natural(value);

    public static Node Single(Node value) =>
        value is ScalarNode scalar && GoFloat.TryParse(scalar.Text, out double number) && float.IsFinite((float)number)
            ? new ScalarNode(ScalarKind.Float, GoNumber.FormatSingle((float)number), value.Origin)
            : throw new InvalidValueException("a finite number", value);

    /// <summary>A size, printed as text in bytes; 0 means not given.</summary>
    public static Node? Bytes(Node value) => value switch
    {
        ScalarNode { Kind: ScalarKind.Integer } number when IsLong(number) => Size(long.Parse(number.Text, CultureInfo.InvariantCulture), value),
        ScalarNode { Kind: ScalarKind.String } text => Size(WholeNumber(text) ?? ByteSize.TryParse(text.Text) ?? throw new InvalidValueException("a size such as '512m'", value), value),
        ScalarNode { Kind: ScalarKind.Float } => null,
        _ => throw new InvalidValueException("a size such as '512m'", value),
    };

    /// <summary>A size; 0 is a valid value.</summary>
    public static Node Rate(Node value) => Bytes(value) ?? ScalarNode.String("0", value.Origin);

    public static Node Duration(Node value) =>
        value is ScalarNode scalar && GoDuration.TryParse(scalar.Text, out GoDuration duration)
            ? ScalarNode.String(duration.ToString(), value.Origin)
            : throw new InvalidValueException("a duration such as '1m30s'", value);

    /// <summary>A duration; zero means not given.</summary>
    public static Node? DurationOrNothing(Node value) => Duration(value) is ScalarNode { Text: not "0s" } duration ? duration : null;

    /// <summary>A file mode: text is already octal, a number is converted to octal.</summary>
    public static Node FileMode(Node value) => value switch
    {
        ScalarNode { Kind: ScalarKind.Integer } number when IsLong(number) && !number.Text.StartsWith('-') =>
            Mode(long.Parse(number.Text, CultureInfo.InvariantCulture), value),
        ScalarNode { Kind: ScalarKind.String, Text.Length: > 0 } text when text.Text.All(c => c is >= '0' and <= '7') && text.Text.Length < 20 =>
            Mode(Convert.ToInt64(text.Text, 8), value),
        _ => throw new InvalidValueException("a file mode such as 0440", value),
    };

    public static Node DeviceCount(Node value) => value switch
    {
        ScalarNode { Kind: ScalarKind.String } text when text.Text.Equals("all", StringComparison.OrdinalIgnoreCase) => ScalarNode.Integer(-1, value.Origin),
        ScalarNode { Kind: ScalarKind.String } text when !IsLong(text) => throw new InvalidValueException("a whole number or 'all'", value),
        _ => Integer(value),
    };

    private static ScalarNode Mode(long mode, Node value) => ScalarNode.String("0" + Convert.ToString(mode, 8), value.Origin);

    private static ScalarNode? Size(long bytes, Node value) =>
        bytes == 0 ? null : ScalarNode.String(bytes.ToString(CultureInfo.InvariantCulture), value.Origin);

    private static long? WholeNumber(ScalarNode scalar) =>
        long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;

    private static bool IsLong(ScalarNode scalar) => long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private static double Number(ScalarNode scalar) => double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;
}

/// <summary>A value does not match its attribute. Used only in this folder: the walk adds path and position.</summary>
/// <param name="expected">The expected value.</param>
/// <param name="found">The actual value.</param>
internal sealed class InvalidValueException(string expected, string found) : Exception($"{expected}: {found}")
{
    public InvalidValueException(string expected, Node found)
        : this(expected, found is ScalarNode { IsNull: false } scalar ? $"'{SecretMask.Standard.MaskText(scalar.Text)}'" : NodeDescription.Of(found))
    {
    }

    public string Expected { get; } = expected;

    public string Found { get; } = found;
}
