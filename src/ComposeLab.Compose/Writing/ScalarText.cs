using System.Globalization;
using System.Text;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Writing;

/// <summary>Formats text as a YAML scalar: plain if it is parsed as the same text, otherwise quoted.</summary>
internal static class ScalarText
{
    private const int LongestSimpleKey = 128;

    private static readonly string[] OldBooleans = ["y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "n", "N", "no", "No", "NO", "off", "Off", "OFF"];

    /// <summary>A key on one line. A plain <c>&lt;&lt;</c> would be parsed as a merge key. The reference prints it and cannot read its own output.</summary>
    /// <param name="key">The key.</param>
    public static string Key(string key) => key == "<<" ? DoubleQuoted(key) : Inline(key);

    /// <summary>Text on one line: quoted if the plain form would be parsed as a number, a boolean, a null or a date.</summary>
    /// <param name="text">The text.</param>
    public static string Inline(string text)
    {
        if (ScalarResolution.Resolve(text).Kind != ScalarKind.String || OldBooleans.Contains(text, StringComparer.Ordinal) || IsBase60(text))
        {
            return DoubleQuoted(text);
        }

        var style = ScalarStyle.Of(text);
        return style.PlainAllowed ? text : style.SingleQuotedAllowed && !text.Any(ScalarStyle.IsBreak) ? SingleQuoted(text) : DoubleQuoted(text);
    }

    /// <summary>Whether a key can be written before its colon on one line.</summary>
    /// <param name="key">The key.</param>
    public static bool IsSimpleKey(string key) => Encoding.UTF8.GetByteCount(key) <= LongestSimpleKey && !key.Any(ScalarStyle.IsBreak);

    /// <summary>Whether text is written as a literal block.</summary>
    /// <param name="text">The text.</param>
    public static bool IsLiteral(string text) => text.Contains('\n', StringComparison.Ordinal) && ScalarStyle.Of(text).LiteralAllowed;

    /// <summary>The header of a literal block: an indentation hint if the text begins with white space, and the handling of its end.</summary>
    /// <param name="text">The text.</param>
    public static string LiteralHeader(string text)
    {
        var hint = text[0] == ' ' || ScalarStyle.IsBreak(text[0]) ? "2" : "";
        var chomping = !ScalarStyle.IsBreak(text[^1]) ? "-" : text.Length == 1 || ScalarStyle.IsBreak(text[^2]) ? "+" : "";
        return $"|{hint}{chomping}";
    }

    private static string SingleQuoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string DoubleQuoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes())
        {
            quoted.Append(Escaped(rune));
        }

        return quoted.Append('"').ToString();
    }

    private static string Escaped(Rune rune) => rune.Value switch
    {
        0x00 => @"\0",
        0x07 => @"\a",
        0x08 => @"\b",
        0x09 => @"\t",
        0x0A => @"\n",
        0x0B => @"\v",
        0x0C => @"\f",
        0x0D => @"\r",
        0x1B => @"\e",
        '"' => "\\\"",
        '\\' => @"\\",
        0x85 => @"\N",
        0x2028 => @"\L",
        0x2029 => @"\P",
        (>= 0x20 and <= 0x7E) or (>= 0xA0 and <= 0xFFFD and not 0xFEFF) => rune.ToString(),
        <= 0xFF => string.Create(CultureInfo.InvariantCulture, $@"\x{rune.Value:X2}"),
        <= 0xFFFF => string.Create(CultureInfo.InvariantCulture, $@"\u{rune.Value:X4}"),
        _ => string.Create(CultureInfo.InvariantCulture, $@"\U{rune.Value:X8}"),
    };

    // YAML 1.1 parses 190:20:30 as one number; such parsers must get text.
    private static bool IsBase60(string text)
    {
        if (text.Length == 0 || !(text[0] is '+' or '-' || char.IsAsciiDigit(text[0])) || !text.Contains(':', StringComparison.Ordinal))
        {
            return false;
        }

        var parts = text.TrimStart('+', '-').Split(':');
        var last = parts[^1].Split('.', 2);
        return text.Length - text.TrimStart('+', '-').Length <= 1
            && char.IsAsciiDigit(parts[0].FirstOrDefault())
            && parts[0].All(c => char.IsAsciiDigit(c) || c == '_')
            && parts[1..^1].Append(last[0]).All(IsSexagesimalDigit)
            && last.Skip(1).All(fraction => fraction.All(c => char.IsAsciiDigit(c) || c == '_'));
    }

    private static bool IsSexagesimalDigit(string part) =>
        (part.Length == 1 && char.IsAsciiDigit(part[0])) || (part.Length == 2 && part[0] is >= '0' and <= '5' && char.IsAsciiDigit(part[1]));
}

/// <summary>The possible styles of a text in block context, determined from its characters as in YAML 1.1 emitters.</summary>
internal readonly record struct ScalarStyle
{
    /// <summary>Whether the text can be written without quotes.</summary>
    public required bool PlainAllowed { get; init; }

    /// <summary>Whether the text can be written in single quotes.</summary>
    public required bool SingleQuotedAllowed { get; init; }

    /// <summary>Whether the text can be written as a literal block.</summary>
    public required bool LiteralAllowed { get; init; }

    /// <summary>Analyzes a text.</summary>
    /// <param name="text">The text.</param>
    public static ScalarStyle Of(string text)
    {
        if (text.Length == 0)
        {
            return new ScalarStyle { PlainAllowed = true, SingleQuotedAllowed = true, LiteralAllowed = false };
        }

        var indicator = text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal);
        bool special = false, tab = false, breaks = false, spaceBreak = false, breakSpace = false;
        bool afterSpace = false, afterBreak = false, afterBlank = true;

        for (var index = 0; index < text.Length; index++)
        {
            var current = text[index];
            var beforeBlank = index + 1 == text.Length || IsBlank(text[index + 1]);
            indicator |= index == 0
                ? current is '#' or ',' or '[' or ']' or '{' or '}' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`' || (current is '?' or ':' or '-' && beforeBlank)
                : (current == ':' && beforeBlank) || (current == '#' && afterBlank);

            if (current == '\t')
            {
                tab = true;
            }
            else if (!IsPrintable(text, ref index))
            {
                special = true;
            }

            var isBreak = IsBreak(current);
            breaks |= isBreak;
            spaceBreak |= isBreak && afterSpace;
            breakSpace |= current == ' ' && afterBreak;
            afterSpace = current == ' ';
            afterBreak = isBreak;
            afterBlank = IsBlank(current);
        }

        var edgeBlank = text[0] == ' ' || text[^1] == ' ' || IsBreak(text[0]) || IsBreak(text[^1]);
        var awkward = spaceBreak || tab || special;
        return new ScalarStyle
        {
            PlainAllowed = !(edgeBlank || breakSpace || awkward || breaks || indicator),
            SingleQuotedAllowed = !(breakSpace || awkward),
            LiteralAllowed = text[^1] != ' ' && !spaceBreak && !special,
        };
    }

    /// <summary>Whether a character ends a line for YAML.</summary>
    /// <param name="character">The character.</param>
    public static bool IsBreak(char character) => character is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';

    /// <summary>Whether the character at a position may be written as it is; moves on to the second half of a surrogate pair.</summary>
    /// <param name="text">The text.</param>
    /// <param name="index">The position.</param>
    public static bool IsPrintable(string text, ref int index)
    {
        var current = text[index];
        if (Rune.TryGetRuneAt(text, index, out var rune) && rune.Utf16SequenceLength == 2)
        {
            index++;
            return false;
        }

        return current is '\n' or (>= ' ' and <= '~') or (>= '\u00A0' and < '\uD800') or (>= '\uE000' and <= '\uFFFD' and not '\uFEFF');
    }

    private static bool IsBlank(char character) => character is ' ' or '\t' || IsBreak(character);
}
