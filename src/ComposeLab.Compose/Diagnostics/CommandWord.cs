using System.Globalization;
using System.Text;

namespace ComposeLab.Compose.Diagnostics;

/// <summary>Quotes a value as one word of a recommended command, so that pasting the command into PowerShell runs only that command.</summary>
public static class CommandWord
{
    // PowerShell treats typographic quotes like plain ones.
    private const string SingleQuotes = "'\u2018\u2019\u201A\u201B";
    private const string DoubleQuotes = "\"\u201C\u201D\u201E";

    /// <summary>Quotes a value if necessary.</summary>
    /// <param name="value">The value; it may come from a file of another author.</param>
    /// <returns>The value itself, or quoted and escaped; always a single line.</returns>
    public static string Quote(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length > 0 && value[0] != '-' && value.All(static sign => char.IsAsciiLetterOrDigit(sign) || "-_./:".Contains(sign, StringComparison.Ordinal)))
        {
            return value;
        }

        return value.Any(IsInvisible) ? Escaped(value) : Doubled(value);
    }

    private static string Doubled(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('\'');
        foreach (char sign in value)
        {
            text.Append(sign);
            if (SingleQuotes.Contains(sign, StringComparison.Ordinal))
            {
                text.Append(sign);
            }
        }

        return text.Append('\'').ToString();
    }

    private static string Escaped(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (char sign in value)
        {
            if (IsInvisible(sign))
            {
                text.Append(CultureInfo.InvariantCulture, $"`u{{{(int)sign:x}}}");
            }
            else if (sign is '`' or '$' || DoubleQuotes.Contains(sign, StringComparison.Ordinal))
            {
                text.Append('`').Append(sign);
            }
            else
            {
                text.Append(sign);
            }
        }

        return text.Append('"').ToString();
    }

    private static bool IsInvisible(char sign) => char.IsControl(sign) || char.GetUnicodeCategory(sign) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
