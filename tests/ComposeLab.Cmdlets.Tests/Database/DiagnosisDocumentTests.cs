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
    public void The_causes_marked_made_are_exactly_those_with_a_case() =>
        Assert.Equal(CausesOf(Cases()), Rows.Where(row => row[3] == "made").Select(row => row[0]).Order(StringComparer.Ordinal));

    [Fact]
    public void A_cause_without_a_case_is_tested_by_the_specified_test()
    {
        Assert.Equal(["EngineUnreachable test", "Unknown rule"], Rows.Where(row => row[3] != "made").Select(row => $"{row[0]} {row[3]}"));
        Assert.Contains("LabDbCause.EngineUnreachable", Source("OtherProjectTests.cs"), StringComparison.Ordinal);
        Assert.Contains("LabDbCause.Unknown", Source("DiagnosisRuleTests.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_subset_in_every_test_run_contains_every_cause_with_a_case() =>
        Assert.Equal(
            Enum.GetNames<LabDbCause>().Except([nameof(LabDbCause.EngineUnreachable), nameof(LabDbCause.Unknown)]).Order(StringComparer.Ordinal),
            CausesOf(Cases().Where(text => text.Contains("Quick = $true", StringComparison.Ordinal))));

    [Fact]
    public void Every_command_in_it_exists_in_the_module()
    {
        string manifest = File.ReadAllText(Path.Combine(Repository.Root, "ComposeLab.psd1"));

        Assert.All(Rows.SelectMany(row => Commands().Matches(row[2]).Select(match => match.Value)), command => Assert.Contains($"'{command}'", manifest, StringComparison.Ordinal));
    }

    private static IEnumerable<string> CausesOf(IEnumerable<string> cases) => cases.Select(text => Cause().Match(text)).Where(match => match.Success)
        .Select(match => match.Groups["cause"].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static string[] Cases() => File.ReadAllText(Path.Combine(Repository.Root, "tests", "db-cases", "cases.ps1")).Split("    @{ Name = ");

    private static string Source(string file) => File.ReadAllText(Path.Combine(Repository.Root, "tests", "ComposeLab.Cmdlets.Tests", "Database", file));

    [GeneratedRegex(@"\b[A-Z][a-z]+-Lab\w+")]
    private static partial Regex Commands();

    [GeneratedRegex(@"Cause = '(?<cause>\w+)'")]
    private static partial Regex Cause();
}
