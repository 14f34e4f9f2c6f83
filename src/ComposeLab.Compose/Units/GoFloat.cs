using System.Globalization;
using System.Numerics;

namespace ComposeLab.Compose.Units;

/// <summary>
/// Parses floating point numbers as the reference does: decimal (<c>1.5</c>, <c>1e-3</c>, <c>1_000</c>) and hexadecimal (<c>0x1p-2</c>), without
/// blanks. Infinity and NaN are rejected, although the reference accepts them: no value of a Compose file can be so large.
/// </summary>
internal static class GoFloat
{
    private const int LargestExponent = 100_000;

    /// <summary>Reads a number of 64 bits.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The number, always finite.</param>
    /// <returns>False if the text is not a number, or one that is too large.</returns>
    public static bool TryParse(string text, out double value)
    {
        value = 0;
        return Plain(text) is { } plain
            && (IsHexadecimal(plain)
                ? TryParseHexadecimal(plain, out value)
                : double.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value))
            && double.IsFinite(value);
    }

    /// <summary>Reads a number of 32 bits, rounded once.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The number, always finite.</param>
    /// <returns>False if the text is not a number, or one that is too large.</returns>
    public static bool TryParseSingle(string text, out float value)
    {
        value = 0;
        if (!TryParse(text, out double number))
        {
            return false;
        }

        value = IsHexadecimal(text) ? (float)number : float.Parse(Plain(text)!, NumberStyles.Float, CultureInfo.InvariantCulture);
        return float.IsFinite(value);
    }

    // Underscores may be between digits only; a prefix counts as a digit.
    private static string? Plain(string text)
    {
        Func<char, bool> isDigit = IsHexadecimal(text) ? char.IsAsciiHexDigit : char.IsAsciiDigit;
        for (int index = text.IndexOf('_', StringComparison.Ordinal); index >= 0; index = text.IndexOf('_', index + 1))
        {
            bool between = index > 0 && index + 1 < text.Length && isDigit(text[index + 1]) && (isDigit(text[index - 1]) || text[index - 1] is 'x' or 'X');
            if (!between)
            {
                return null;
            }
        }

        return text.Replace("_", "", StringComparison.Ordinal);
    }

    private static bool IsHexadecimal(string text) => text.AsSpan().TrimStart("+-").StartsWith("0x", StringComparison.OrdinalIgnoreCase);

    private static bool TryParseHexadecimal(string text, out double value)
    {
        value = 0;
        bool negative = text[0] == '-';
        string digits = text[(text[0] is '-' or '+' ? 3 : 2)..];
        int mark = digits.AsSpan().IndexOfAny('p', 'P');
        if (mark < 0 || !int.TryParse(digits[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int exponent) || Math.Abs((long)exponent) > LargestExponent)
        {
            return false;
        }

        string mantissa = digits[..mark];
        int point = mantissa.IndexOf('.', StringComparison.Ordinal);
        string whole = mantissa.Replace(".", "", StringComparison.Ordinal);
        int places = point < 0 ? 0 : mantissa.Length - point - 1;
        if (whole.Length == 0 || mantissa.Length - whole.Length > 1 || !BigInteger.TryParse("0" + whole, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out BigInteger number))
        {
            return false;
        }

        double size = Math.ScaleB((double)number, exponent - (4 * places));
        value = negative ? -size : size;
        return true;
    }
}
