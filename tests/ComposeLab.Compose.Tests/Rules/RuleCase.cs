using System.Text.RegularExpressions;
using ComposeLab.Compose.Rules;

namespace ComposeLab.Compose.Tests.Rules;

/// <summary>
/// A project and the lines that a rule finds in it: those that end in <c># !</c>, a mark that the files do not keep. A text can contain several files, each below a
/// line <c>-- name --</c>; Compose files are merged in their order.
/// </summary>
internal sealed record RuleCase(string Rule, string Sentence, string Text)
{
    public bool Production { get; init; }

    public Dictionary<string, string> Environment { get; init; } = [];

    /// <summary>Whether the project is in <c>C:\shop</c> of a machine with Windows.</summary>
    public bool OnWindows { get; init; }

    public Dictionary<string, GitState> Git { get; init; } = [];

    /// <summary>Lines to find in files that know no comments, as <c>file:line</c>.</summary>
    public string[] AlsoFinds { get; init; } = [];

    public bool FindsSomething => Marked.Count > 0;

    public IReadOnlyList<string> Marked =>
        [.. Files.SelectMany(file => file.Text.Split('\n').Select((line, index) => (line, Place: $"{file.Name}:{index + 1}")))
            .Where(entry => entry.line.EndsWith("# !", StringComparison.Ordinal)).Select(entry => entry.Place), .. AlsoFinds];

    public IReadOnlyList<(string Name, string Text)> Files
    {
        get
        {
            string[] parts = Regex.Split(Text, @"^-- (\S+) --\n", RegexOptions.Multiline);
            return parts.Length == 1
                ? [("compose.yaml", Text)]
                : [.. Enumerable.Range(0, parts.Length / 2).Select(index => (parts[(2 * index) + 1], parts[(2 * index) + 2]))];
        }
    }
}
