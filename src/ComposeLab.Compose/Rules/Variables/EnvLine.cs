using System.Text.RegularExpressions;

namespace ComposeLab.Compose.Rules.Variables;

/// <summary>An assignment of an env file as it is written.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Written">What stands behind the sign, quotes and comment included.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column of the value, from 1.</param>
internal sealed partial record EnvLine(string Name, string Written, int Line, int Column)
{
    /// <summary>Reads the assignments of a file, each on one line.</summary>
    /// <param name="text">The file's text.</param>
    public static IEnumerable<EnvLine> Read(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        for (int index = 0; index < lines.Length; index++)
        {
            if (Assignment().Match(lines[index]) is { Success: true } match)
            {
                yield return new EnvLine(match.Groups["name"].Value, match.Groups["value"].Value.TrimEnd(), index + 1, match.Groups["value"].Index + 1);
            }
        }
    }

    [GeneratedRegex(@"^\s*(?:export\s+)?(?<name>[A-Za-z_][\w.-]*)\s*[=:][ \t]*(?<value>.*)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Assignment();
}
