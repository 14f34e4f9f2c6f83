using System.Text.RegularExpressions;

namespace ComposeLab.Compose.Rules.Allowing;

/// <summary>A comment that allows findings of rules: <c># composelab: allow RULE reason</c>.</summary>
/// <param name="Rules">The rules in it.</param>
/// <param name="Reason">The reason; empty if there is none.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Column">The column of its <c>#</c>, from 1.</param>
/// <param name="Covered">The line it applies to: its own, or the next one if it is alone on its line.</param>
internal sealed partial record AllowComment(IReadOnlyList<string> Rules, string Reason, int Line, int Column, int Covered)
{
    /// <summary>Reads the comments of a file.</summary>
    /// <param name="text">The file's text.</param>
    /// <returns>The comments in order.</returns>
    public static IReadOnlyList<AllowComment> Read(string text)
    {
        if (!text.Contains("composelab:", StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        var comments = new List<AllowComment>();
        for (int index = 0; index < lines.Length; index++)
        {
            if (Comment().Match(lines[index]) is not { Success: true } match)
            {
                continue;
            }

            bool alone = lines[index].TrimStart().StartsWith('#');
            string[] rules = match.Groups["rules"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            comments.Add(new AllowComment(rules, match.Groups["reason"].Value.Trim(), index + 1, match.Groups["sign"].Index + 1, alone ? Next(lines, index) + 1 : index + 1));
        }

        return comments;
    }

    private static int Next(string[] lines, int index)
    {
        int next = index + 1;
        while (next < lines.Length && (lines[next].Trim().Length == 0 || lines[next].TrimStart().StartsWith('#')))
        {
            next++;
        }

        return next;
    }

    [GeneratedRegex(
        @"(?:^|\s)(?<sign>#)\s*composelab:\s*allow\b\s*(?<rules>\w+(?:\s*,\s*\w+)*)?(?<reason>.*)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comment();
}
