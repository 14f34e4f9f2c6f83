using System.Management.Automation;
using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Engine;
using ComposeLab.Errors;

namespace ComposeLab.Cmdlets.Tests.Errors;

public sealed class ErrorCatalogueTests
{
    private static readonly LabErrorId[] All = Enum.GetValues<LabErrorId>();

    [Fact]
    public void The_document_lists_exactly_the_existing_errors_with_their_categories()
    {
        string document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "errors.md"));
        IEnumerable<string> documented = document.Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Split('|'))
            .Skip(1)
            .Select(cells => $"{cells[1].Trim()} {cells[2].Trim()}");

        Assert.Equal(All.Select(id => $"{id} {ErrorCategories.Of(id)}"), documented);
    }

    [Fact]
    public void Every_error_of_the_layers_below_is_in_the_catalog() => Assert.Subset(
        Enum.GetNames<LabErrorId>().ToHashSet(),
        Enum.GetNames<ComposeErrorId>().Concat(Enum.GetNames<EngineErrorId>()).ToHashSet());

    [Fact]
    public void Every_error_has_a_category() =>
        Assert.DoesNotContain(ErrorCategory.NotSpecified, All.Select(ErrorCategories.Of));
}
