using System.Globalization;

namespace ComposeLab.Errors;

/// <summary>Draws a squiggle under a part of a line, in the form that PowerShell's concise error view needs for lines below each other.</summary>
internal static class SourceExcerpt
{
    // The view indents by the length of the line number. The second line must start in the same column as the first one.
    private const int DigitsOfTheView = 4;

    private const int LongestLine = 160;
    private const string Cut = "...";

    /// <summary>Draws a line.</summary>
    /// <param name="text">The line.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="start">The first column of the fault, from 1.</param>
    /// <param name="end">The column after the fault.</param>
    /// <returns>The line without its indentation, and the squiggle on a separate line; empty for an empty line.</returns>
    public static string Of(string text, int number, int start, int end)
    {
        string line = text.Trim();
        if (line.Length == 0)
        {
            return "";
        }

        int indent = text.Length - text.TrimStart().Length;
        int from = Math.Clamp(start - 1 - indent, 0, line.Length);
        int to = Math.Clamp(end - 1 - indent, from, line.Length);
        (line, from, to) = Window(line, from, to);
        string bar = new string(' ', Math.Max(0, number.ToString(CultureInfo.InvariantCulture).Length - DigitsOfTheView)) + "     | ";
        string blank = string.Concat(line.Take(from).Select(c => c == '\t' ? "\t" : new string(' ', CharacterWidth.Of(c))));
        return $"{line}{Environment.NewLine}{bar}{blank}{new string('~', Math.Max(1, line[from..to].Sum(CharacterWidth.Of)))}";
    }

    // If a line is very long, such as a whole project in one line of JSON, only the part around the fault is shown.
    private static (string Line, int From, int To) Window(string line, int from, int to)
    {
        if (line.Length <= LongestLine)
        {
            return (line, from, to);
        }

        int begin = Math.Max(0, from - (LongestLine / 2));
        int finish = Math.Min(line.Length, begin + LongestLine);
        string before = begin > 0 ? Cut : "";
        string shown = $"{before}{line[begin..finish]}{(finish < line.Length ? Cut : "")}";
        return (shown, from - begin + before.Length, Math.Min(to, finish) - begin + before.Length);
    }
}
