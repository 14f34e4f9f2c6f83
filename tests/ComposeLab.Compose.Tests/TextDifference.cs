using System.Text;

namespace ComposeLab.Compose.Tests;

/// <summary>Shows a person where two texts differ: lines that went with <c>-</c>, lines that came with <c>+</c>, and a few around them.</summary>
internal static class TextDifference
{
    private const int Context = 3;
    private const int LongestCompared = 2000;

    /// <summary>Compares two texts line by line.</summary>
    /// <param name="expected">The text that was expected.</param>
    /// <param name="actual">The text that came.</param>
    public static string Of(string expected, string actual)
    {
        var lines = Lines(expected.TrimEnd().Split('\n'), actual.TrimEnd().Split('\n'));
        var changed = Enumerable.Range(0, lines.Count).Where(index => lines[index].Sign != ' ').ToList();
        var text = new StringBuilder();
        var last = -1;
        foreach (var index in changed.SelectMany(index => Enumerable.Range(index - Context, (2 * Context) + 1)).Where(index => index >= 0 && index < lines.Count).Distinct().Order())
        {
            text.Append(last >= 0 && index > last + 1 ? "  ...\n" : "").Append(lines[index].Sign).Append(' ').Append(lines[index].Text).Append('\n');
            last = index;
        }

        return text.ToString();
    }

    private static List<(char Sign, string Text)> Lines(string[] expected, string[] actual)
    {
        if (expected.Length > LongestCompared || actual.Length > LongestCompared)
        {
            var same = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
            return [.. expected.Take(same).Select(line => (' ', line)), ('-', expected.ElementAtOrDefault(same) ?? "(end)"), ('+', actual.ElementAtOrDefault(same) ?? "(end)")];
        }

        // How many lines the rests from each pair of positions have in common.
        var common = new int[expected.Length + 1, actual.Length + 1];
        for (var left = expected.Length - 1; left >= 0; left--)
        {
            for (var right = actual.Length - 1; right >= 0; right--)
            {
                common[left, right] = expected[left] == actual[right] ? common[left + 1, right + 1] + 1 : Math.Max(common[left + 1, right], common[left, right + 1]);
            }
        }

        var lines = new List<(char, string)>();
        var (one, other) = (0, 0);
        while (one < expected.Length || other < actual.Length)
        {
            if (one < expected.Length && other < actual.Length && expected[one] == actual[other])
            {
                lines.Add((' ', expected[one++]));
                other++;
            }
            else if (other == actual.Length || (one < expected.Length && common[one + 1, other] >= common[one, other + 1]))
            {
                lines.Add(('-', expected[one++]));
            }
            else
            {
                lines.Add(('+', actual[other++]));
            }
        }

        return lines;
    }
}
