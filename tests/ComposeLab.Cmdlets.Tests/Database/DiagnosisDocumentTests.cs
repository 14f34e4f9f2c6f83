using System.Text.RegularExpressions;
using ComposeLab.Cmdlets.Tests.Hosting;

namespace ComposeLab.Cmdlets.Tests.Database;

public sealed partial class DiagnosisDocumentTests
{
    private static readonly string[][] Rows = [.. File.ReadAllLines(Path.Combine(Repository.Root, "docs", "diagnosis.md"))
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Split(" | ").Length == 4)
        .Skip(1)
        .Select(line => line.Trim('|', ' ').Split(" | "))];

    [Fact]
    public void The_document_lists_exactly_the_existing_causes() =>
        Assert.Equal(Enum.GetNames<LabDbCause>().Order(StringComparer.Ordinal), Rows.Select(row => row[0]).Order(StringComparer.Ordinal));

    [Fact]
    public void A_cause_marked_as_made_has_a_case_or_a_test_and_the_others_have_a_rule_test()
    {
        string made = Cases() + Sources("DiagnosisTests.cs", "OtherProjectTests.cs") + File.ReadAllText(Path.Combine(Repository.Root, "tests", "pester", "Test-LabDb.Tests.ps1"));
        string decided = Sources("DiagnosisRuleTests.cs");

        Assert.All(Rows, row => Assert.Matches($@"\b{row[0]}\b", row[3] == "made" ? made : decided));
    }

    [Fact]
    public void The_quick_subset_covers_every_cause_that_has_a_case()
    {
        string[] lines = Cases().Split("    @{ Name = ");

        Assert.Equal(Causes(lines), Causes(lines.Where(text => text.Contains("Quick = $true", StringComparison.Ordinal))));
    }

    [Fact]
    public void Every_command_in_it_exists_in_the_module()
    {
        string manifest = File.ReadAllText(Path.Combine(Repository.Root, "ComposeLab.psd1"));

        Assert.All(Rows.SelectMany(row => Commands().Matches(row[2]).Select(match => match.Value)), command => Assert.Contains($"'{command}'", manifest, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Causes(IEnumerable<string> cases) => cases.Select(text => Cause().Match(text)).Where(match => match.Success)
        .Select(match => match.Groups["cause"].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static string Cases() => File.ReadAllText(Path.Combine(Repository.Root, "tests", "db-cases", "cases.ps1"));

    private static string Sources(params string[] files) => string.Concat(
        files.Select(file => File.ReadAllText(Path.Combine(Repository.Root, "tests", "ComposeLab.Cmdlets.Tests", "Database", file))));

    [GeneratedRegex(@"\b[A-Z][a-z]+-Lab\w+")]
    private static partial Regex Commands();

    [GeneratedRegex(@"Cause = '(?<cause>\w+)'")]
    private static partial Regex Cause();
}
