using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ComposeLab.Compose.Units;

namespace ComposeLab.Compose.Yaml;

/// <summary>Determines the type of a plain scalar, by the rules of the reference's YAML library: YAML 1.2 with the octals and dates of 1.1.</summary>
internal static partial class ScalarResolution
{
    public static ScalarNode Resolve(string text, Origin origin)
    {
        (ScalarKind kind, string canonical) = Resolve(text);
        return new ScalarNode(kind, canonical, origin);
    }

    public static (ScalarKind Kind, string Text) Resolve(string text)
    {
        if (text == "-0")
        {
            return (ScalarKind.Float, text);
        }

        if (text.Length == 0)
        {
            return (ScalarKind.Null, "");
        }

        return text[0] switch
        {
            '~' or 'n' or 'N' or 't' or 'T' or 'f' or 'F' => ResolveWord(text),
            '.' or '+' or '-' or (>= '0' and <= '9') => ResolveNumber(text),
            _ => (ScalarKind.String, text),
        };
    }

    private static (ScalarKind Kind, string Text) ResolveWord(string text) => text switch
    {
        "~" or "null" or "Null" or "NULL" => (ScalarKind.Null, ""),
        "true" or "True" or "TRUE" => (ScalarKind.Boolean, "true"),
        "false" or "False" or "FALSE" => (ScalarKind.Boolean, "false"),
        _ => (ScalarKind.String, text),
    };

    private static (ScalarKind Kind, string Text) ResolveNumber(string text)
    {
        switch (text)
        {
            case ".nan" or ".NaN" or ".NAN":
                return (ScalarKind.Float, "NaN");
            case ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF":
                return (ScalarKind.Float, "+Inf");
            case "-.inf" or "-.Inf" or "-.INF":
                return (ScalarKind.Float, "-Inf");
        }

        if (Timestamp.Canonical(text) is { } moment)
        {
            return (ScalarKind.Timestamp, moment);
        }

        string plain = text.Replace("_", "", StringComparison.Ordinal);
        if (ParseInteger(plain) is { } integer)
        {
            return (ScalarKind.Integer, integer);
        }

        return Floats().IsMatch(plain)
            && double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value)
                ? (ScalarKind.Float, GoNumber.Format(value))
                : (ScalarKind.String, text);
    }

    private static string? ParseInteger(string plain)
    {
        bool negative = plain[0] == '-';
        ReadOnlySpan<char> digits = negative || plain[0] == '+' ? plain.AsSpan(1) : plain;
        if (digits.IsEmpty)
        {
            return null;
        }

        int radix = 10;
        if (digits[0] == '0' && digits.Length > 1)
        {
            (radix, int prefix) = char.ToLowerInvariant(digits[1]) switch
            {
                'x' => (16, 2),
                'o' => (8, 2),
                'b' => (2, 2),
                _ => (8, 1),
            };
            digits = digits[prefix..];
        }

        if (digits.IsEmpty)
        {
            return null;
        }

        UInt128 value = 0;
        foreach (char digit in digits)
        {
            int amount = char.IsAsciiDigit(digit) ? digit - '0' : char.IsAsciiHexDigit(digit) ? (digit | 0x20) - 'a' + 10 : radix;
            if (amount >= radix)
            {
                return null;
            }

            value = (value * (uint)radix) + (uint)amount;
            if (value > ulong.MaxValue)
            {
                return null;
            }
        }

        if (negative)
        {
            return value > (UInt128)long.MaxValue + 1 ? null : value == 0 ? "0" : "-" + value.ToString(CultureInfo.InvariantCulture);
        }

        return value.ToString(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Floats();
}

/// <summary>Applies the tags of YAML's own types to a scalar.</summary>
internal static class ScalarTags
{
    private const string Prefix = "tag:yaml.org,2002:";

    /// <summary>Converts a scalar to the type of its tag.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="text">The scalar's text.</param>
    /// <param name="origin">Where it is.</param>
    /// <returns>The value, or null if the text does not match the tag. A scalar with an unknown tag is text.</returns>
    public static ScalarNode? Apply(string tag, string text, Origin origin)
    {
        if (tag == "!")
        {
            return ScalarNode.String(text, origin);
        }

        string type = tag.StartsWith(Prefix, StringComparison.Ordinal) ? tag[Prefix.Length..] : tag;
        (ScalarKind kind, string canonical) = ScalarResolution.Resolve(text);
        return type switch
        {
            "str" => ScalarNode.String(text, origin),
            "binary" => Binary(text, origin),
            "int" when kind == ScalarKind.Integer => new ScalarNode(kind, canonical, origin),
            "float" when kind is ScalarKind.Float => new ScalarNode(kind, canonical, origin),
            "float" when kind is ScalarKind.Integer => new ScalarNode(ScalarKind.Float, Units.GoNumber.Format(double.Parse(canonical, CultureInfo.InvariantCulture)), origin),
            "bool" when kind == ScalarKind.Boolean => new ScalarNode(kind, canonical, origin),
            "null" when kind == ScalarKind.Null => new ScalarNode(kind, canonical, origin),
            "timestamp" when kind == ScalarKind.Timestamp => new ScalarNode(kind, canonical, origin),
            "int" or "float" or "bool" or "null" or "timestamp" => null,
            _ => ScalarNode.String(text, origin),
        };
    }

    private static ScalarNode? Binary(string text, Origin origin)
    {
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length)
            ? ScalarNode.String(Encoding.UTF8.GetString(bytes, 0, length), origin)
            : null;
    }
}
