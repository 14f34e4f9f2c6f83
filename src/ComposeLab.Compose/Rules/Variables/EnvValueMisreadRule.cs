using System.Text.RegularExpressions;
using ComposeLab.Compose.Environment;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules.Secrets;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Variables;

/// <summary>A value in <c>.env</c> must be what it looks like.</summary>
internal sealed partial class EnvValueMisreadRule() : ConfigRule(new RuleInfo(
    "EnvValueMisread",
    Warning,
    Warning,
    "a value in `.env` that is read differently than it looks: `$` starts a variable, ` #` a comment, `\\` an escape, and text after a closing quote is lost",
    "Put the value in single quotes: nothing inside them is changed."))
{
    /// <inheritdoc/>
    public override IEnumerable<RuleMatch> Find(RuleContext context)
    {
        VariableScope? scope = context.Project.Sources.FirstOrDefault()?.Variables;
        foreach (string file in EnvFiles.Of(context))
        {
            EnvLine[] lines = EnvLine.Read(context.Environment.ReadText(file) ?? "").ToArray();
            HashSet<string> known = lines.Select(line => line.Name).Concat(scope?.Variables.Keys ?? []).ToHashSet(StringComparer.Ordinal);
            foreach (EnvLine line in lines)
            {
                if (Fault(line, known) is { } fault)
                {
                    yield return new RuleMatch(
                        $"{Path.GetFileName(file)}: {line.Name}",
                        new Origin(file, line.Line, line.Column),
                        $"{line.Name} is read differently than it looks: {fault}.",
                        $"Put the value in single quotes: {line.Name}='...'");
                }
            }
        }
    }

    private static string? Fault(EnvLine line, HashSet<string> known)
    {
        string written = line.Written;
        char quote = written.Length > 0 ? written[0] : '\0';
        if (quote == '\'')
        {
            return Behind(written, quote);
        }

        if (Expression().Matches(written).Select(match => match.Groups["name"].Value).FirstOrDefault(name => !known.Contains(name)) is { } unset)
        {
            return $"${unset} is read as an unset variable and becomes empty";
        }

        return quote switch
        {
            '"' => Behind(written, quote) ?? (Escape().IsMatch(written) && (WindowsPath().IsMatch(written) || SecretNames.Contains(line.Name))
                ? "in double quotes \\n, \\t and the like become control characters"
                : null),
            '\u201C' or '\u2018' => "typographic quotes do not quote: they become part of the value",
            _ => CutOff().IsMatch(written) ? "the text after ' #' is read as a comment and removed" : null,
        };
    }

    private static string? Behind(string written, char quote)
    {
        int close = 1;
        while (close < written.Length && written[close] != quote)
        {
            close += written[close] == '\\' ? 2 : 1;
        }

        string rest = close < written.Length ? written[(close + 1)..].Trim() : "";
        return rest.Length > 0 && rest[0] != '#' ? $"the value ends at the second {quote}" : null;
    }

    [GeneratedRegex(@"(?<!\$)(?:\$\$)*\$(?:\{(?<name>\w+)\}|(?<name>[A-Za-z_]\w*))", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Expression();

    [GeneratedRegex(@"\\[abfnrtv]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escape();

    [GeneratedRegex(@"^""[A-Za-z]:\\", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WindowsPath();

    [GeneratedRegex(@"\S #[^\s#]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CutOff();
}

/// <summary>An assignment of an env file as it is written.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Written">The text after the equals sign, including quotes and comment.</param>
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

/// <summary>Finds out whether a service uses a whole env file with all its variables.</summary>
internal static class EnvFileHandover
{
    /// <summary>Whether a service uses the file, or may: a name that contains variables counts.</summary>
    /// <param name="file">The absolute path of the env file.</param>
    /// <param name="sources">The Compose files.</param>
    public static bool IsGiven(string file, IReadOnlyList<SourceFile> sources)
    {
        string name = Path.GetFileName(file);
        return sources.SelectMany(source => source.Documents).SelectMany(EnvFilesIn)
            .Any(text => text.Contains('$', StringComparison.Ordinal) || Path.GetFileName(text) == name);
    }

    private static IEnumerable<string> EnvFilesIn(Node node) => node switch
    {
        MappingNode mapping => mapping.Entries.SelectMany(entry => entry.Key == "env_file" ? Texts(entry.Value) : EnvFilesIn(entry.Value)),
        SequenceNode list => list.Items.SelectMany(EnvFilesIn),
        _ => [],
    };

    private static IEnumerable<string> Texts(Node node) => node switch
    {
        MappingNode mapping => mapping.Entries.SelectMany(entry => Texts(entry.Value)),
        SequenceNode list => list.Items.SelectMany(Texts),
        ScalarNode scalar => [scalar.Text],
        _ => [],
    };
}
