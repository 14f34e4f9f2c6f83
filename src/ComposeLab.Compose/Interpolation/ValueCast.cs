using System.Globalization;
using ComposeLab.Compose.Units;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Interpolation;

/// <summary>Converts the text of an interpolated value to the type of its attribute.</summary>
/// <param name="Expected">The expected type, as text.</param>
/// <param name="Read">Creates the typed value; null if the text is not valid.</param>
internal sealed record ValueCast(string Expected, Func<string, Origin, ScalarNode?> Read)
{
    /// <summary>A whole number of 64 bits.</summary>
    public static ValueCast Integer { get; } = new("a whole number", (text, origin) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? ScalarNode.Integer(value, origin) : null);

    /// <summary>A number of 64 bits.</summary>
    public static ValueCast Number { get; } = new("a number", (text, origin) =>
        GoFloat.TryParse(text, out double value) ? new ScalarNode(ScalarKind.Float, GoNumber.Format(value), origin) : null);

    /// <summary>A number of 32 bits, the precision that the reference uses for CPUs.</summary>
    public static ValueCast SingleNumber { get; } = new("a number", (text, origin) =>
        GoFloat.TryParseSingle(text, out float value) ? new ScalarNode(ScalarKind.Float, GoNumber.FormatSingle(value), origin) : null);

    /// <summary>A boolean; also accepts the words of YAML 1.1.</summary>
    public static ValueCast Boolean { get; } = new("true or false", (text, origin) => text.ToLowerInvariant() switch
    {
        "true" or "y" or "yes" or "on" => ScalarNode.Boolean(true, origin),
        "false" or "n" or "no" or "off" => ScalarNode.Boolean(false, origin),
        _ => null,
    });
}
