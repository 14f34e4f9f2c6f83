using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Environment;

/// <summary>Finds where the expressions of one value stand in its file, also inside values of several lines.</summary>
/// <param name="text">The file's text.</param>
/// <param name="start">Where the value begins.</param>
internal sealed class ReferencePlaces(string text, Origin start)
{
    private int _position = OffsetOf(text, start);

    /// <summary>The place of the next expression.</summary>
    /// <param name="name">The variable it names.</param>
    /// <returns>Where its dollar sign stands; the beginning of the value where it cannot be found.</returns>
    public Origin Next(string name)
    {
        int plain = text.IndexOf("$" + name, _position, StringComparison.Ordinal);
        int braced = text.IndexOf("${" + name, _position, StringComparison.Ordinal);
        int found = plain < 0 ? braced : braced < 0 ? plain : Math.Min(plain, braced);
        if (found < 0)
        {
            return start;
        }

        _position = found + 1;
        int line = start.Line + text.AsSpan(OffsetOf(text, start), found - OffsetOf(text, start)).Count('\n');
        int lineStart = found == 0 ? 0 : text.LastIndexOf('\n', found - 1) + 1;
        return new Origin(start.File, line, found - lineStart + 1);
    }

    private static int OffsetOf(string text, Origin place)
    {
        int offset = 0;
        for (int line = 1; line < place.Line; line++)
        {
            int end = text.IndexOf('\n', offset);
            if (end < 0)
            {
                return offset;
            }

            offset = end + 1;
        }

        return Math.Min(offset + Math.Max(0, place.Column - 1), text.Length);
    }
}
