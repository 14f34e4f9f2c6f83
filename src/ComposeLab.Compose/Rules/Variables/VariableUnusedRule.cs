using ComposeLab.Compose.Environment;
using ComposeLab.Compose.Rules.Secrets;
using ComposeLab.Compose.Validation;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Variables;

/// <summary>Every line of <c>.env</c> must have an effect.</summary>
internal sealed class VariableUnusedRule() : ConfigRule(new RuleInfo(
    "VariableUnused",
    Information,
    Information,
    "a variable in `.env` that no file in the project folder uses: outdated, or misspelled",
    "Remove the line, or correct the name."))
{
    // Variables that tools read from the file by themselves.
    private static readonly string[] ReadByTools = ["COMPOSE_", "DOCKER_", "BUILDKIT_", "COMPOSELAB_"];

    // More than this number in one file are one finding: the file is used by more than this project.
    private const int MostSingly = 5;

    /// <inheritdoc/>
    public override IEnumerable<RuleMatch> Find(RuleContext context) => EnvFiles.Of(context)
        .Where(file => !EnvFileHandover.IsGiven(file, context.Project.Sources))
        .SelectMany(file => Spots(context, file, Unused(context, file)));

    private static EnvLine[] Unused(RuleContext context, string file)
    {
        EnvLine[] lines = EnvLine.Read(context.Environment.ReadText(file) ?? "").ToArray();
        HashSet<string> inValues = lines.SelectMany(line => FolderWords.In(line.Written)).ToHashSet(StringComparer.Ordinal);
        EnvLine[] candidates = Array.FindAll(lines, line => !inValues.Contains(line.Name) && !IsReadByTools(line.Name));
        HashSet<string> words = candidates.Length > 0 ? FolderWords.Of(context) : [];
        return Array.FindAll(candidates, line => !words.Contains(line.Name));
    }

    private static IEnumerable<RuleMatch> Spots(RuleContext context, string file, EnvLine[] unused) => unused.Length > MostSingly
        ? [new RuleMatch(
            Path.GetFileName(file),
            new Origin(file, unused[0].Line, 1),
            $"No file in the project folder uses {unused.Length} of its variables: {string.Join(", ", unused.Take(MostSingly).Select(line => line.Name))}, ...",
            "Remove the lines that nothing else reads.")]
        : unused.Select(line => new RuleMatch(
            $"{Path.GetFileName(file)}: {line.Name}",
            new Origin(file, line.Line, 1),
            $"No file in the project folder uses {line.Name}, so this line has no effect.",
            Meant(context, line.Name) is { } meant ? $"Use {meant}, which has no value, or remove the line." : "Remove the line, or correct the name."));

    private static bool IsReadByTools(string name) => Array.Exists(ReadByTools, prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    private static string? Meant(RuleContext context, string name)
    {
        ILookup<string, string> withoutValue = VariableReferences.Of(context.Project)
            .Where(reference => !reference.Scope.TryGet(reference.Name, out _))
            .ToLookup(reference => reference.Name.ToLowerInvariant(), reference => reference.Name, StringComparer.Ordinal);
        return NearestWord.Of(name, withoutValue.Select(group => group.Key)) is { } nearest ? withoutValue[nearest].First() : null;
    }
}
