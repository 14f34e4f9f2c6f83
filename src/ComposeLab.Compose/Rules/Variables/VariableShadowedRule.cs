using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Environment;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Variables;

/// <summary>The author should know about a value that is overridden.</summary>
internal sealed class VariableShadowedRule() : ConfigRule(new RuleInfo(
    "VariableShadowed",
    Information,
    Information,
    "a value in an env file that is overridden by the environment or a later line",
    "Remove one of the two; the environment always overrides `.env`."))
{
    /// <inheritdoc/>
    public override IEnumerable<RuleMatch> Find(RuleContext context)
    {
        if (context.Project.Sources.Count == 0)
        {
            yield break;
        }

        VariableScope scope = context.Project.Sources[0].Variables;
        foreach (string name in Used(context.Project.Tree).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            Variable? winner = scope.Find(name);
            if (winner?.Shadowed is { File: { } file } loser && loser.Value != winner.Value)
            {
                yield return new RuleMatch(
                    $"{Path.GetFileName(file)}: {name}",
                    new Origin(context.Paths.Clean(context.Paths.Full(context.Project.WorkingDirectory, file)), loser.Line, 1),
                    winner.File is null
                        ? $"{name} has a different value in the environment of this session, which overrides this line."
                        : $"{name} is set again in {Path.GetFileName(winner.File)}:{winner.Line}, which overrides this line.",
                    winner.File is null ? $"To use this line, run: Remove-Item {CommandWord.Variable(name)}" : "Remove one of the two lines.");
            }
        }
    }

    private static IEnumerable<string> Used(Node node) => node switch
    {
        MappingNode mapping => mapping.Entries.SelectMany(entry => Used(entry.Value)),
        SequenceNode list => list.Items.SelectMany(Used),
        _ => node.Origin.Variables.Select(use => use.Name),
    };
}
