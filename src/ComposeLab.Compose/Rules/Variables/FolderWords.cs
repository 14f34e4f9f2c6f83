using System.Text.RegularExpressions;

namespace ComposeLab.Compose.Rules.Variables;

/// <summary>The words that could be variable names, in the Compose files and in the files next to them: other overlays, scripts, a Makefile.</summary>
internal static partial class FolderWords
{
    private const int MostFiles = 200;

    /// <summary>Reads the folder. Env files and documentation are skipped: they repeat names without using them.</summary>
    /// <param name="context">The project.</param>
    public static HashSet<string> Of(RuleContext context)
    {
        IEnumerable<string> folders = context.Project.Sources.Select(source => Path.GetDirectoryName(source.Path)!).Prepend(context.Project.WorkingDirectory);
        IEnumerable<string> beside = folders.Distinct(StringComparer.Ordinal)
            .SelectMany(folder => context.Environment.FilesIn(folder).Where(IsUse).Take(MostFiles).Select(name => Path.Combine(folder, name)));
        return beside.Select(path => context.Environment.ReadText(path) ?? "").Concat(context.Project.Sources.Select(source => source.Text))
            .SelectMany(In).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The words of a text.</summary>
    /// <param name="text">The text.</param>
    public static IEnumerable<string> In(string text) => Word().Matches(text).Select(match => match.Value);

    private static bool IsUse(string name) =>
        !name.StartsWith(".env", StringComparison.Ordinal) && !name.EndsWith(".md", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_]*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
