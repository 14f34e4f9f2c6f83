using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Compose.Rules;

namespace ComposeLab.Cmdlets.Tests.Policy;

public sealed class RuleDocumentTests
{
    [Fact]
    public void The_document_lists_exactly_the_existing_rules_with_severities_and_texts()
    {
        IEnumerable<string> documented = File.ReadLines(Path.Combine(Repository.Root, "docs", "rules.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Skip(1);

        Assert.Equal(RuleCatalog.All.Select(rule => $"| {rule.Id} | {rule.Severity?.ToString() ?? "-"} | {rule.InProduction} | {rule.Finds} | {rule.Remedy} |"), documented);
    }

    [Fact]
    public void A_rule_is_never_milder_in_production() =>
        Assert.All(RuleCatalog.All, rule => Assert.True(rule.Severity is null || rule.InProduction >= rule.Severity, rule.Id));
}
