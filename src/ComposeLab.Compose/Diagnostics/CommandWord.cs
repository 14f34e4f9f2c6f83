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

        // Even in quotes this word makes PowerShell take the rest of the line as it is.
        if (value == "--%")
        {
            return "('--%')";
        }

        return value.Any(IsInvisible) ? Escaped(value) : Doubled(value);
    }

    /// <summary>Names an environment variable as the argument of a command such as Remove-Item.</summary>
    /// <param name="name">The variable's name; any text.</param>
    /// <returns><c>Env:NAME</c>, with the parameter that takes it literally where the name is not an ordinary one.</returns>
    public static string Variable(string name) => IsOrdinary(name) ? $"Env:{name}" : $"-LiteralPath {Quote($"Env:{name}")}";

    /// <summary>Sets an environment variable to a value that the reader fills in.</summary>
    /// <param name="name">The variable's name; any text.</param>
    /// <returns>A command.</returns>
    public static string SetVariable(string name) => IsOrdinary(name) ? $"$env:{name} = '...'" : $"Set-Item {Variable(name)} '...'";

    /// <summary>Finds where, in a command, the words begin that it passes on to a program.</summary>
    /// <param name="command">The command; words in it may be quoted.</param>
    /// <returns>The index of the blank before <c>--</c>; -1 where there is none outside of quotes.</returns>
    public static int PassedOnAt(string command)
    {
        ArgumentNullException.ThrowIfNull(command);
        string? open = null;
        for (int at = 0; at < command.Length; at++)
        {
            char sign = command[at];
            if (sign == '`')
            {
                // In single quotes a backtick stands for itself.
                at += ReferenceEquals(open, SingleQuotes) ? 0 : 1;
            }
            else if (open is not null)
            {
                // A quote that is doubled closes and opens again.
                open = open.Contains(sign, StringComparison.Ordinal) ? null : open;
            }
            else if (SingleQuotes.Contains(sign, StringComparison.Ordinal))
            {
                open = SingleQuotes;
            }
            else if (DoubleQuotes.Contains(sign, StringComparison.Ordinal))
            {
                open = DoubleQuotes;
            }
            else if (command.AsSpan(at).StartsWith(" -- ", StringComparison.Ordinal))
            {
                return at;
            }
        }

        return -1;
    }

    private static bool IsOrdinary(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(static sign => char.IsAsciiLetterOrDigit(sign) || sign == '_');

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
