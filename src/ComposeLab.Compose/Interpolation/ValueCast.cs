using System.Globalization;
using ComposeLab.Compose.Units;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Interpolation;

/// <summary>Turns the text of an interpolated value into the type its attribute has.</summary>
/// <param name="Expected">What is expected, in words.</param>
/// <param name="Read">Makes the typed value; null when the text is none.</param>
internal sealed record ValueCast(string Expected, Func<string, Origin, ScalarNode?> Read)
{
    /// <summary>A whole number of 64 bits.</summary>
    public static ValueCast Integer { get; } = new("a whole number", (text, origin) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? ScalarNode.Integer(value, origin) : null);

    /// <summary>A number of 64 bits.</summary>
    public static ValueCast Number { get; } = new("a number", (text, origin) =>
        GoFloat.TryParse(text, out double value) ? new ScalarNode(ScalarKind.Float, GoNumber.Format(value), origin) : null);

    /// <summary>A number of 32 bits, the precision the reference keeps processors in.</summary>
    public static ValueCast SingleNumber { get; } = new("a number", (text, origin) =>
        GoFloat.TryParseSingle(text, out float value) ? new ScalarNode(ScalarKind.Float, GoNumber.FormatSingle(value), origin) : null);

    /// <summary>A boolean; besides true and false the words of YAML 1.1 are understood.</summary>
    public static ValueCast Boolean { get; } = new("true or false", (text, origin) => text.ToLowerInvariant() switch
    {
        "true" or "y" or "yes" or "on" => ScalarNode.Boolean(true, origin),
        "false" or "n" or "no" or "off" => ScalarNode.Boolean(false, origin),
        _ => null,
    });
}
