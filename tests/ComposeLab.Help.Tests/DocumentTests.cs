using System.Text.RegularExpressions;

namespace ComposeLab.Help.Tests;

/// <summary>What documents say about commands and files is true.</summary>
public sealed partial class DocumentTests
{
    private const int TopicWidth = 80;

    public static TheoryData<string> Topics => [.. Repository.Files("en-US", "about_*.help.txt")];

    public static TheoryData<string> Pages => [.. Markdown().Where(page => !page.StartsWith("docs/cmdlets/", StringComparison.Ordinal))];

    [Theory]
    [InlineData("about_ComposeLab")]
    [InlineData("about_LabProfile")]
    [InlineData("about_LabPrompt")]
    [InlineData("about_LabRunbooks")]
    public void A_topic_exists(string topic) => Assert.Contains($"en-US/{topic}.help.txt", Repository.Files("en-US", "about_*.help.txt"));

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_fits_a_terminal_and_starts_with_its_name(string topic)
    {
        string[] lines = Repository.Text(topic).Split('\n');

        Assert.Equal(["TOPIC", $"    {Path.GetFileName(topic).Split('.')[0]}"], lines[..2]);
        Assert.All(lines, line => Assert.True(line.Length <= TopicWidth, line));
    }

    [Theory]
    [MemberData(nameof(Topics))]
    [MemberData(nameof(Pages))]
    public void A_document_mentions_only_existing_cmdlets(string document)
    {
        var unknown = CommandName().Matches(Repository.Text(document)).Select(match => match.Value)
            .Where(ScriptCheck.IsOurs)
            .Where(name => !Repository.Commands.Any(command => command.Name == name));

        Assert.Empty(unknown);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void PowerShell_in_a_document_would_run_as_typed(string document)
    {
        var faults = CodeBlock().Matches(Repository.Text(document)).SelectMany(block => ScriptCheck.Faults(block.Groups[1].Value));

        Assert.Empty(faults);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_link_in_a_document_leads_to_a_file(string document)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!;
        var dead = Link().Matches(Repository.Text(document)).Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && target.Length > 0)
            .Where(target => !Path.Exists(Path.Combine(folder, target)));

        Assert.Empty(dead);
    }

    private static IEnumerable<string> Markdown() => Repository.Files("", "*.md").Concat(Repository.Files("docs", "*.md"));

    [GeneratedRegex(@"\b[A-Z][a-z]+-[A-Z][A-Za-z]+\b")]
    private static partial Regex CommandName();

    [GeneratedRegex(@"```powershell\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\(([^)#]*)[^)]*\)")]
    private static partial Regex Link();
}
