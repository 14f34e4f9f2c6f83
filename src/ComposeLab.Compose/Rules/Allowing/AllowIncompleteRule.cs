using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Allowing;

/// <summary>A comment that allows findings must contain existing rules and a reason.</summary>
internal sealed class AllowIncompleteRule() : ConfigRule(new RuleInfo(
    "AllowIncomplete",
    Warning,
    Warning,
    "a `# composelab: allow` comment without a rule, with an unknown rule, or without a reason",
    "Write the rule and the reason: `# composelab: allow RestartPolicyMissing runs once, by hand`."))
{
    /// <inheritdoc/>
    public override IEnumerable<RuleMatch> Find(RuleContext context)
    {
        foreach (SourceFile source in context.Project.Sources)
        {
            foreach (AllowComment comment in AllowComment.Read(source.Text))
            {
                if (Fault(comment) is { } fault)
                {
                    var origin = new Origin(source.Display, comment.Line, comment.Column);
                    yield return new RuleMatch(
                        Path.GetFileName(source.Path), origin, fault, "Write '# composelab: allow RULE reason'; docs/rules.md lists the rules.");
                }
            }
        }
    }

    private static string? Fault(AllowComment comment)
    {
        if (comment.Rules.Count == 0)
        {
            return "The comment has no effect: it contains no rule.";
        }

        string? unknown = comment.Rules.FirstOrDefault(rule => RuleCatalog.Find(rule) is null);
        return unknown is not null ? $"The comment has no effect: rule '{unknown}' does not exist."
            : comment.Reason.Length == 0 ? $"The comment allows {string.Join(", ", comment.Rules)} without a reason."
            : null;
    }
}
