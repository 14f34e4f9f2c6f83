namespace ComposeLab.Errors;

/// <summary>Draws a squiggle under a part of a line, in the form in which PowerShell's concise error view puts lines below each other.</summary>
internal static class LinePicture
{
    // The view indents by the number of the line; the second line has to begin where the first one does.
    private const int DigitsOfTheView = 4;

    /// <summary>Draws a line.</summary>
    /// <param name="text">The line.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="start">The first column at fault, from 1.</param>
    /// <param name="end">The column after the last one at fault.</param>
    /// <returns>The line without its indentation, and the squiggle on a line of its own; empty for an empty line.</returns>
    public static string Of(string text, int number, int start, int end)
    {
        string line = text.Trim();
        if (line.Length == 0)
        {
            return "";
        }

        int indent = text.Length - text.TrimStart().Length;
        int from = Math.Clamp(start - 1 - indent, 0, line.Length);
        int length = Math.Max(1, Math.Min(end - 1 - indent, line.Length) - from);
        string bar = new string(' ', Math.Max(0, number.ToString(System.Globalization.CultureInfo.InvariantCulture).Length - DigitsOfTheView)) + "     | ";
        string blank = string.Concat(line.Take(from).Select(c => c == '\t' ? '\t' : ' '));
        return $"{line}{Environment.NewLine}{bar}{blank}{new string('~', length)}";
    }
}
