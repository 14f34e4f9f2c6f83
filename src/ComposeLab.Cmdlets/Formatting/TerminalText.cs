using System.Collections;
using System.Globalization;
using System.Text;

namespace ComposeLab;

/// <summary>
/// Makes text from containers, files and engines safe to show: control characters and characters that reorder text are replaced by visible symbols, so that the text
/// cannot move the cursor, change colors, ring the bell or hide output. Objects keep the raw text; views, messages and questions use this.
/// </summary>
public static class TerminalText
{
    private const char FirstPicture = '\u2400';
    private const char DeletePicture = '\u2421';

    /// <summary>Makes a text safe to show.</summary>
    /// <param name="text">The text; null for an empty one.</param>
    /// <returns>The same text if there is nothing to replace. Line feeds and tabs are kept; a carriage return before a line feed is removed.</returns>
    public static string Visible(string? text)
    {
        if (text is null)
        {
            return "";
        }

        int first = 0;
        while (first < text.Length && !IsUnsafe(text[first]))
        {
            first++;
        }

        if (first == text.Length)
        {
            return text;
        }

        var shown = new StringBuilder(text, 0, first, text.Length + 16);
        for (int i = first; i < text.Length; i++)
        {
            Append(shown, text, i);
        }

        return shown.ToString();
    }

    /// <summary>Makes the items of a list safe to show.</summary>
    /// <param name="items">The items; null for no list.</param>
    /// <returns>The texts of the items; null for no list.</returns>
    public static string[]? VisibleItems(IEnumerable? items) => items?.Cast<object?>().Select(item => Visible(item?.ToString())).ToArray();

    private static void Append(StringBuilder shown, string text, int index)
    {
        char sign = text[index];
        if (!IsUnsafe(sign))
        {
            shown.Append(sign);
        }
        else if (sign == '\r' && index + 1 < text.Length && text[index + 1] == '\n')
        {
            // The line feed that follows ends the line.
        }
        else if (sign < ' ')
        {
            shown.Append((char)(FirstPicture + sign));
        }
        else if (sign == '\u007F')
        {
            shown.Append(DeletePicture);
        }
        else
        {
            shown.Append(CultureInfo.InvariantCulture, $"<U+{(int)sign:X4}>");
        }
    }

    private static bool IsUnsafe(char sign) => sign switch
    {
        '\n' or '\t' => false,
        < ' ' or '\u007F' => true,
        >= '\u0080' and <= '\u009F' => true,
        '\u061C' or '\u200E' or '\u200F' or '\u2028' or '\u2029' => true,
        >= '\u202A' and <= '\u202E' => true,
        >= '\u2066' and <= '\u2069' => true,
        _ => false,
    };
}
