using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ComposeLab.Repository.Tests;

/// <summary>The one direction of docs/architecture.md, kept by reading the sources.</summary>
public sealed class DirectionTests
{
    private readonly RepositoryTree _tree = RepositoryTree.Current();

    [Theory]
    [InlineData("YamlDotNet", "src/ComposeLab.Compose/Yaml/")]
    [InlineData("Docker.DotNet", "src/ComposeLab.Engine/Docker/")]
    [InlineData("Npgsql", "src/ComposeLab.Cmdlets/Database/", "src/ComposeLab.Api/")]
    [InlineData("System.Management.Automation", "src/ComposeLab.Cmdlets/", "src/ComposeLab.Feedback/", "src/ComposeLab.Loader/")]
    public void A_library_is_used_only_in_its_own_folder(string library, params string[] rooms)
    {
        var names = new Regex($@"^\s*(global\s+)?using\s+(static\s+)?([\w.]+\s*=\s*)?(global::)?{Regex.Escape(library)}\b|\bglobal::{Regex.Escape(library)}\.", RegexOptions.Multiline);

        var inside = Sources().Where(file => names.IsMatch(_tree.Text(file))).ToList();

        Assert.NotEmpty(inside);
        Assert.All(inside, file => Assert.Contains(rooms, room => file.StartsWith(room, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("ComposeLab.Compose")]
    [InlineData("ComposeLab.Engine", "ComposeLab.Compose")]
    [InlineData("ComposeLab.Cmdlets", "ComposeLab.Compose", "ComposeLab.Engine")]
    [InlineData("ComposeLab.Feedback")]
    [InlineData("ComposeLab.Loader", "ComposeLab.Feedback")]
    [InlineData("ComposeLab.Api")]
    public void A_project_references_only_upstream_projects(string project, params string[] upstream)
    {
        var references = XDocument.Parse(_tree.Text($"src/{project}/{project}.csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.Equal(upstream.Order(StringComparer.Ordinal), references.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_engine_layer_mentions_no_cmdlet()
    {
        var cmdlet = new Regex(@"\b[A-Z][a-z]+-Lab[A-Z]\w*");

        Assert.All(_tree.Files("src/ComposeLab.Engine", ".cs"), file => Assert.DoesNotMatch(cmdlet, _tree.Text(file)));
    }

    private IEnumerable<string> Sources() => _tree.Files("src", ".cs");
}
