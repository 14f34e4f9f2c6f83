using System.Management.Automation.Language;
using ComposeLab.HelpBuilder;

namespace ComposeLab.Help.Tests;

public sealed class CommandHelpTests
{
    public static TheoryData<string> Names => [.. Repository.Commands.Select(command => command.Name)];

    [Fact]
    public void The_committed_help_matches_the_doc_comments()
    {
        var stale = HelpFiles.Stale(Repository.Root, Repository.Commands);

        Assert.True(stale.Count == 0, $"Out of date: {string.Join(", ", stale)}. Type: ./lab help-files");
    }

    [Fact]
    public void The_manifest_exports_every_cmdlet_and_nothing_else()
    {
        var exported = Manifest("CmdletsToExport");

        Assert.Equal(Repository.Commands.Select(command => command.Name), exported.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_manifest_lists_the_views()
    {
        var listed = Manifest("FormatsToProcess");

        Assert.Equal(Repository.Files("module", "*.ps1xml"), listed.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_help_of_a_cmdlet_describes_its_purpose_input_and_output(string name)
    {
        CommandHelp command = Of(name);

        Assert.Matches(@"^[A-Z].*\.$", command.Synopsis);
        Assert.NotEmpty(command.Description);
        Assert.All(command.Description, paragraph => Assert.Matches(@"^[A-Z-].*[.:]$", paragraph));
        Assert.All(command.Parameters, parameter => Assert.Matches(@"^[A-Z*-].*\.$", parameter.Description));
        // A terminal inside a container has nothing for the pipeline.
        Assert.True(command.Outputs.Count > 0 || name == "Enter-LabService", $"{name} has no [OutputType].");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cmdlet_has_two_examples_that_would_run_as_typed(string name)
    {
        CommandHelp command = Of(name);

        Assert.True(command.Examples.Count >= 2, $"{name} has {command.Examples.Count} example(s).");
        Assert.All(command.Examples, example =>
        {
            Assert.Matches(@"^[A-Z].*\.$", example.Remarks);
            Assert.Contains(name, example.Code, StringComparison.OrdinalIgnoreCase);
            Assert.Empty(ScriptCheck.Faults(example.Code));
        });
    }

    private static CommandHelp Of(string name) => Repository.Commands.Single(command => command.Name == name);

    private static IReadOnlyList<string> Manifest(string key)
    {
        ScriptBlockAst script = Parser.ParseFile(Path.Combine(Repository.Root, "ComposeLab.psd1"), out _, out ParseError[] errors);
        Assert.Empty(errors);
        var manifest = (HashtableAst)script.Find(static node => node is HashtableAst, searchNestedScriptBlocks: false)!;
        return [.. manifest.KeyValuePairs.Single(pair => pair.Item1.Extent.Text == key).Item2
            .FindAll(static node => node is StringConstantExpressionAst, searchNestedScriptBlocks: false).Cast<StringConstantExpressionAst>().Select(text => text.Value)];
    }
}
