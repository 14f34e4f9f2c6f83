using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Environment;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Variables;

/// <summary>A written value that is not the one in use should be known.</summary>
internal sealed class VariableShadowedRule() : ConfigRule(new RuleInfo(
    "VariableShadowed",
    Information,
    Information,
    "a value in an env file that is not used, because the environment or a later line gives the variable another one",
    "Remove one of the two; the environment always wins over `.env`."))
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
                    new Origin(Path.GetFullPath(file, context.Project.WorkingDirectory), loser.Line, 1),
                    winner.File is null
                        ? $"{name} has another value in the environment of this session, which wins: this line does nothing."
                        : $"{name} is set again by {Path.GetFileName(winner.File)}:{winner.Line}, which wins: this line does nothing.",
                    winner.File is null ? $"Remove-Item {CommandWord.Variable(name)} makes this line count again" : "Remove one of the two lines.");
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
