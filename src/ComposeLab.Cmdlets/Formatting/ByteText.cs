using System.Globalization;

namespace ComposeLab.Formatting;

/// <summary>Formats numbers of bytes in the units of docker: 1 kB is 1000 bytes. For views; objects contain the numbers.</summary>
public static class ByteText
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB", "PB"];

    /// <summary>Formats a number of bytes.</summary>
    /// <param name="bytes">The bytes; null if unknown.</param>
    /// <returns>Such as <c>34.1 MB</c>, with three significant digits; empty for null.</returns>
    public static string Of(long? bytes)
    {
        if (bytes is not { } known)
        {
            return "";
        }

        double value = known;
        int unit = 0;
        while (Math.Abs(value) >= 999.5 && unit < Units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        string digits = unit == 0 || Math.Abs(value) >= 99.95 ? "0" : Math.Abs(value) >= 9.995 ? "0.0" : "0.00";
        return $"{value.ToString(digits, CultureInfo.InvariantCulture)} {Units[unit]}";
    }
}
