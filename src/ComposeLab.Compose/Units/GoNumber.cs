using System.Globalization;

namespace ComposeLab.Compose.Units;

/// <summary>Prints floating point numbers as the reference does: the shortest round-trip digits, in YAML with an exponent from 1e+06 on, in JSON from 1e+21 on.</summary>
internal static class GoNumber
{
    private const int SmallestPlainExponent = -4;
    private const int LargestPlainExponent = 5;
    private const int SmallestJsonExponent = -6;
    private const int LargestJsonExponent = 20;

    public static string Format(double value) => Format(value, value.ToString("R", CultureInfo.InvariantCulture));

    public static string FormatSingle(float value) => Format(value, value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>A finite number in JSON format.</summary>
    /// <param name="formatted">The number as <see cref="Format(double)"/> or <see cref="FormatSingle"/> gives it.</param>
    /// <returns>The same digits, with an exponent where JSON has one: <c>1e-7</c>.</returns>
    public static string ToJson(string formatted)
    {
        (bool negative, string digits, int exponent) = Digits(formatted.ToUpperInvariant());
        return digits == "0" ? formatted
            : exponent is < SmallestJsonExponent or > LargestJsonExponent ? WithExponent(negative, digits, exponent, "0")
            : Plain(negative, digits, exponent);
    }

    private static string Format(double value, string shortest)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
        }

        (bool negative, string digits, int exponent) = Digits(shortest);
        return exponent is < SmallestPlainExponent or > LargestPlainExponent
            ? WithExponent(negative, digits, exponent, "00")
            : Plain(negative, digits, exponent);
    }

    private static string WithExponent(bool negative, string digits, int exponent, string format)
    {
        string fraction = digits.Length > 1 ? "." + digits[1..] : "";
        string power = Math.Abs(exponent).ToString(format, CultureInfo.InvariantCulture);
        return $"{(negative ? "-" : "")}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{power}";
    }

    private static string Plain(bool negative, string digits, int exponent)
    {
        string sign = negative ? "-" : "";
        if (exponent < 0)
        {
            return sign + "0." + new string('0', -exponent - 1) + digits;
        }

        return digits.Length <= exponent + 1
            ? sign + digits.PadRight(exponent + 1, '0')
            : sign + digits[..(exponent + 1)] + "." + digits[(exponent + 1)..];
    }

    /// <summary>The significant digits without trailing zeros, and the power of ten of the first one.</summary>
    private static (bool Negative, string Digits, int Exponent) Digits(string shortest)
    {
        bool negative = shortest[0] == '-';
        string number = shortest.TrimStart('-');
        int power = 0;
        int mark = number.IndexOf('E', StringComparison.Ordinal);
        if (mark >= 0)
        {
            power = int.Parse(number[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            number = number[..mark];
        }

        int point = number.IndexOf('.', StringComparison.Ordinal);
        int whole = point < 0 ? number.Length : point;
        string digits = number.Replace(".", "", StringComparison.Ordinal);
        int leading = digits.Length - digits.TrimStart('0').Length;
        string significant = digits.Trim('0');
        return significant.Length == 0 ? (negative, "0", 0) : (negative, significant, whole - leading - 1 + power);
    }
}
