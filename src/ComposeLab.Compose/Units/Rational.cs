using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace ComposeLab.Compose.Units;

/// <summary>An exact number, to compare strings and numbers: the reference treats <c>"0x1"</c> and 1 as duplicates.</summary>
/// <param name="Numerator">The numerator.</param>
/// <param name="Denominator">The denominator; never 0.</param>
internal readonly partial record struct Rational(BigInteger Numerator, BigInteger Denominator)
{
    // No number in a Compose file is larger. Computing powers above it would be slow.
    private const int LargestExponent = 500;
    private const int LongestText = 500;

    /// <summary>Whether two numbers are equal.</summary>
    /// <param name="other">The other one.</param>
    /// <returns>True if they are equal.</returns>
    public bool NumericallyEquals(Rational other) => Numerator * other.Denominator == other.Numerator * Denominator;

    /// <summary>Reads a number.</summary>
    /// <param name="text">Decimal, with a prefix for another base, with an exponent, or a fraction such as <c>2/2</c>.</param>
    /// <returns>The number; null if the text is not a number.</returns>
    public static Rational? TryParse(string text)
    {
        if (text.Length > LongestText || text.StartsWith('_') || text.EndsWith('_') || text.Contains("__", StringComparison.Ordinal))
        {
            return null;
        }

        if (text.Split('/') is [var above, var below])
        {
            return Whole(above) is { } numerator && !below.StartsWith('-') && !below.StartsWith('+') && Whole(below) is { IsZero: false } denominator
                ? new Rational(numerator, denominator)
                : null;
        }

        Match match = Spelling().Match(text.Replace("_", "", StringComparison.Ordinal));
        int power = 0;
        if (!match.Success || (match.Groups["power"].Success && !int.TryParse(match.Groups["power"].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out power)) || Math.Abs((long)power) > LargestExponent)
        {
            return null;
        }

        int radix = RadixOf(match.Groups["prefix"].Value);
        string digits = match.Groups["whole"].Value + match.Groups["part"].Value;
        if (digits.Length == 0 || Digits(digits, radix) is not { } amount)
        {
            return null;
        }

        BigInteger scale = BigInteger.Pow(match.Groups["mark"].Value is "e" or "E" ? 10 : 2, Math.Abs(power));
        BigInteger places = BigInteger.Pow(radix, match.Groups["part"].Length);
        amount *= match.Groups["sign"].Value == "-" ? -1 : 1;
        return power < 0 ? new Rational(amount, places * scale) : new Rational(amount * scale, places);
    }

    private static BigInteger? Whole(string text)
    {
        Match match = Spelling().Match(text.Replace("_", "", StringComparison.Ordinal));
        string digits = match.Groups["whole"].Value;
        if (!match.Success || match.Groups["point"].Success || match.Groups["mark"].Success || digits.Length == 0)
        {
            return null;
        }

        // In a fraction a leading zero alone means octal.
        int radix = match.Groups["prefix"].Success ? RadixOf(match.Groups["prefix"].Value) : digits.Length > 1 && digits[0] == '0' ? 8 : 10;
        return Digits(digits, radix) * (match.Groups["sign"].Value == "-" ? -1 : 1);
    }

    private static int RadixOf(string prefix) => prefix.ToLowerInvariant() switch
    {
        "0x" => 16,
        "0o" => 8,
        "0b" => 2,
        _ => 10,
    };

    private static BigInteger? Digits(string digits, int radix)
    {
        BigInteger amount = 0;
        foreach (char digit in digits)
        {
            int value = char.IsAsciiDigit(digit) ? digit - '0' : char.ToLowerInvariant(digit) - 'a' + 10;
            if (value >= radix)
            {
                return null;
            }

            amount = (amount * radix) + value;
        }

        return amount;
    }

    [GeneratedRegex(
        @"^(?<sign>[-+])?((?<prefix>0[xX])(?<whole>[0-9a-fA-F]*)((?<point>\.)(?<part>[0-9a-fA-F]*))?((?<mark>[pP])(?<power>[-+]?[0-9]+))?"
        + @"|(?<prefix>0[oObB])?(?<whole>[0-9]*)((?<point>\.)(?<part>[0-9]*))?((?<mark>[eEpP])(?<power>[-+]?[0-9]+))?)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Spelling();
}
