using System.Globalization;

namespace ComposeLab.Compose.Units;

/// <summary>Prints floating point numbers as the reference does: the shortest digits that read back, an exponent from 1e+06 on.</summary>
internal static class GoNumber
{
    private const int LargestPlainExponent = 5;

    public static string Format(double value) => Format(value, value.ToString("R", CultureInfo.InvariantCulture));

    public static string FormatSingle(float value) => Format(value, value.ToString("R", CultureInfo.InvariantCulture));

    private static string Format(double value, string shortest)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
        }

        (bool negative, string digits, int exponent) = Digits(shortest);
        string sign = negative ? "-" : "";
        if (exponent is < -4 or > LargestPlainExponent)
        {
            string fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }

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
