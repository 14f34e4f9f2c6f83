using System.Text;

namespace ComposeLab.Compose.Writing;

/// <summary>How a piece of text may be written in block context, decided from its characters as YAML 1.1 emitters do.</summary>
internal readonly record struct ScalarStyle
{
    /// <summary>Whether the text may stand without quotes.</summary>
    public required bool PlainAllowed { get; init; }

    /// <summary>Whether single quotes can hold the text.</summary>
    public required bool SingleQuotedAllowed { get; init; }

    /// <summary>Whether a literal block can hold the text.</summary>
    public required bool LiteralAllowed { get; init; }

    /// <summary>Looks at a text once.</summary>
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
