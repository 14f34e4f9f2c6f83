using ComposeLab.Compose.Rules;
using ComposeLab.Compose.Tests.Rules.Cases;

namespace ComposeLab.Compose.Tests.Rules;

public sealed class RuleTests
{
    private static readonly IReadOnlyList<RuleCase> All =
    [
        .. PortCases.All, .. ImageCases.All, .. HealthCases.All, .. SecretCases.All, .. VariableCases.All, .. PrivilegeCases.All, .. ProductionCases.All,
        .. ResourceCases.All, .. FileCases.All, .. DatabaseCases.All, .. SwarmCases.All,
    ];

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (RuleCase one in All)
        {
            cases.Add(one.Rule, one.Sentence);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_rule_finds_exactly_the_marked_lines(string rule, string sentence)
    {
        using var project = new RuleProject(All.Single(one => one.Rule == rule && one.Sentence == sentence));

        Assert.Equal(All.Single(one => one.Rule == rule && one.Sentence == sentence).Marked.Order(StringComparer.Ordinal), project.SourceLocations());
    }

    [Fact]
    public void Every_rule_has_a_case_with_a_finding_and_one_without() => Assert.All(
        RuleCatalog.All,
        rule =>
        {
            Assert.Contains(All, one => one.Rule == rule.Id && one.FindsSomething);
            Assert.Contains(All, one => one.Rule == rule.Id && !one.FindsSomething);
        });

    [Fact]
    public void Every_case_is_about_a_rule_that_exists() => Assert.All(All, one => Assert.NotNull(RuleCatalog.Find(one.Rule)));

    [Fact]
    public void Every_finding_contains_the_problem_and_the_fix() => Assert.All(All, one =>
    {
        using var project = new RuleProject(one);
        Assert.All(project.Check(), finding =>
        {
            Assert.Matches(@"^\S.*\.$", finding.Message);
            Assert.True(finding.Recommendation.Length > 10, finding.Rule);
            Assert.NotEmpty(finding.Path);
        });
    });

    [Fact]
    public void No_finding_contains_a_secret() => Assert.All(All, one =>
    {
        using var project = new RuleProject(one);
        Assert.All(project.Check(), finding => Assert.DoesNotContain("hunter2", finding.Message + finding.Recommendation, StringComparison.Ordinal));
    });
}
