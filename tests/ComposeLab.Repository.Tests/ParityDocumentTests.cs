using System.Text.RegularExpressions;

namespace ComposeLab.Repository.Tests;

/// <summary>The table of parity with docker compose names tests that exist.</summary>
public sealed partial class ParityDocumentTests
{
    private static readonly string[] Results = ["held", "partly held", "not held", "not applicable", "not run"];

    private static readonly string[][] Rows =
    [
        .. File.ReadLines(Path.Combine(RepositoryTree.Current().Root, "docs", "compose-parity.md"))
            .Where(line => line.StartsWith("| Test", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()),
    ];

    [Fact]
    public void Every_scenario_has_a_row_with_one_of_the_results()
    {
        Assert.Equal(267, Rows.Length);
        Assert.All(Rows, row => Assert.Contains(Results, result => row[2] == result || row[2].StartsWith(result + ":", StringComparison.Ordinal)
            || row[2].StartsWith(result + " ", StringComparison.Ordinal) || row[2].StartsWith(result + ",", StringComparison.Ordinal) || row[2].StartsWith(result + ";", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_named_test_exists()
    {
        var classes = Directory.EnumerateFiles(Path.Combine(RepositoryTree.Current().Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText).ToList();

        Assert.All(Rows.Select(row => row[3].Trim('`')).Where(test => test.Length > 0), test =>
        {
            string[] parts = Spec().IsMatch(test) ? test.Split(": ", 2) : test.Split('.', 2);
            Assert.True(
                Spec().IsMatch(test)
                    ? File.ReadAllText(Path.Combine(RepositoryTree.Current().Root, "tests", "pester", parts[0])).Contains($"It '{parts[1]}'", StringComparison.Ordinal)
                    : classes.Exists(text => text.Contains($"class {parts[0]}", StringComparison.Ordinal) && text.Contains($" {parts[1]}(", StringComparison.Ordinal)),
                test);
        });
    }

    [GeneratedRegex(@"^[\w-]+\.Tests\.ps1: ")]
    private static partial Regex Spec();
}
