using System.Globalization;
using System.Text.RegularExpressions;

namespace ComposeLab.Compose.Yaml;

/// <summary>Plain dates and times, in the formats of the reference's YAML library.</summary>
internal static partial class Timestamp
{
    // Nanoseconds: smaller parts are truncated, not rounded.
    private const int MostDigits = 9;

    private const int ShortestDate = 8;
    private const int YearLength = 4;

    /// <summary>Reads a date, with or without a time.</summary>
    /// <param name="text">The plain scalar.</param>
    /// <returns>The moment as the reference prints it (RFC 3339, without trailing zeros of the second); null for text that is not a date, such as 2021-02-30.</returns>
    public static string? Canonical(string text)
    {
        // Most numbers are not dates: only text with a dash after four digits is checked.
        if (text.Length < ShortestDate || text[YearLength] != '-')
        {
            return null;
        }

        Match match = Spelling().Match(text);
        if (!match.Success
            || !DateOnly.TryParseExact(
                $"{match.Groups["year"]}-{match.Groups["month"].Value.PadLeft(2, '0')}-{match.Groups["day"].Value.PadLeft(2, '0')}", "yyyy-MM-dd",
                CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
        {
            return null;
        }

        int hour = Number(match.Groups["hour"]), minute = Number(match.Groups["minute"]), second = Number(match.Groups["second"]);
        if (hour > 23 || minute > 59 || second > 59)
        {
            return null;
        }

        string digits = match.Groups["fraction"].Value;
        string fraction = digits[..Math.Min(digits.Length, MostDigits)].TrimEnd('0');
        string zone = match.Groups["zone"].Value is "" or "+00:00" or "-00:00" ? "Z" : match.Groups["zone"].Value;
        return string.Create(
            CultureInfo.InvariantCulture, $"{date:yyyy-MM-dd}T{hour:00}:{minute:00}:{second:00}{(fraction.Length > 0 ? "." + fraction : "")}{zone}");
    }

    /// <summary>A moment as text, such as <c>2020-01-02 00:00:00 +0000 UTC</c>.</summary>
    /// <param name="canonical">The canonical form of the moment.</param>
    public static string AsText(string canonical)
    {
        string time = canonical[..10] + " " + canonical[11..].TrimEnd('Z');
        int zone = time.IndexOfAny(['+', '-'], 11);
        if (zone < 0)
        {
            return time + " +0000 UTC";
        }

        string offset = time[zone..].Replace(":", "", StringComparison.Ordinal);
        return $"{time[..zone]} {offset} {offset}";
    }

    private static int Number(Group group) => group.Success ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"^(?<year>[0-9]{4})-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})"
        + @"([Tt](?<hour>[0-9]{1,2}):(?<minute>[0-9]{1,2}):(?<second>[0-9]{1,2})(\.(?<fraction>[0-9]+))?(?<zone>Z|[+-][0-9]{2}:[0-9]{2})"
        + @"| (?<hour>[0-9]{1,2}):(?<minute>[0-9]{1,2}):(?<second>[0-9]{1,2})(\.(?<fraction>[0-9]+))?)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Spelling();
}
