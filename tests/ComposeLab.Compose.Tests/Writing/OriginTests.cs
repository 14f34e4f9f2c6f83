using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Writing;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Tests.Writing;

public sealed class OriginTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("composelab-origins-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_value_remembers_the_chain_of_what_it_replaced()
    {
        var project = Load(("compose.yaml", "services:\n  a:\n    image: one\n"), ("compose.two.yaml", "services: {a: {image: two}}\n"), ("compose.three.yaml", "services:\n  a:\n    image: three\n"));

        Assert.Equal(["compose.three.yaml:3:12", "compose.two.yaml:1:23", "compose.yaml:3:12"], Chain(At(project, "services", "a", "image").Origin));
    }

    [Fact]
    public void A_replaced_list_entry_is_remembered_and_a_new_one_replaces_nothing()
    {
        var project = Load(("compose.yaml", "services:\n  a:\n    image: i\n    volumes: [./x:/data]\n"), ("compose.two.yaml", "services:\n  a:\n    volumes:\n      - ./y:/data\n      - ./z:/more\n"));

        var mounts = ((SequenceNode)At(project, "services", "a", "volumes")).Items;

        Assert.Equal(["compose.two.yaml:4:9", "compose.yaml:4:15"], Chain(mounts[0].Origin));
        Assert.Equal(["compose.two.yaml:5:9"], Chain(mounts[1].Origin));
    }

    [Fact]
    public void An_environment_variable_remembers_its_file_and_what_it_replaced()
    {
        File.WriteAllText(Path.Combine(_folder, "a.env"), "# one\nLEVEL=debug\nMODE=x\n");
        var project = Load(("compose.yaml", "services:\n  a:\n    image: i\n    env_file: a.env\n    environment:\n      LEVEL: info\n"));

        Assert.Equal(["compose.yaml:6:14", "a.env:2:1"], Chain(At(project, "services", "a", "environment", "LEVEL").Origin));
        Assert.Equal(["a.env:3:1"], Chain(At(project, "services", "a", "environment", "MODE").Origin));
    }

    [Fact]
    public void An_interpolated_value_knows_its_variables_and_their_sources()
    {
        File.WriteAllText(Path.Combine(_folder, ".env"), "\nTAG=1\n");
        var project = Load(("compose.yaml", "services:\n  a:\n    image: ${NAME}:${TAG}${SUFFIX:-x}${NONE}\n"));

        Assert.Equal(
            [("NAME", VariableSource.Os, null, 0), ("TAG", VariableSource.DotEnv, ".env", 2), ("SUFFIX", VariableSource.Default, null, 0), ("NONE", VariableSource.None, null, 0)],
            At(project, "services", "a", "image").Origin.Variables.Select(use => (use.Name, use.Source, Path.GetFileName(use.File), use.Line)));
    }

    [Fact]
    public void An_extended_value_comes_from_the_extended_file()
    {
        File.WriteAllText(Path.Combine(_folder, "base.yaml"), "services:\n  b:\n    image: i\n    command: x\n");
        var project = Load(("compose.yaml", "services:\n  a:\n    extends: {file: base.yaml, service: b}\n    command: y\n"));

        Assert.Equal(["base.yaml:3:12"], Chain(At(project, "services", "a", "image").Origin));
        Assert.Equal("base.yaml:4:14", Chain(((SequenceNode)At(project, "services", "a", "command")).Items[0].Origin)[^1]);
    }

    [Theory]
    [InlineData("name: shop\nservices: {a: {image: i}}\n", null, "compose.yaml:1:7")]
    [InlineData("name: shop\nservices: {a: {image: i}}\n", "given", "[given] compose.yaml:1:7")]
    [InlineData("services: {a: {image: i}}\n", null, "[folder]")]
    public void The_project_name_knows_its_source(string text, string? name, string chain)
    {
        File.WriteAllText(Path.Combine(_folder, "compose.yaml"), text);
        var project = ComposeLoader.Load(new ComposeRequest { WorkingDirectory = _folder, Files = ["compose.yaml"], ProjectName = name }, CancellationToken.None);

        Assert.Equal(chain, string.Join(' ', Chain(project.Tree["name"]!.Origin)));
    }

    [Fact]
    public void Every_node_of_a_merged_model_has_an_origin()
    {
        var project = Load(
            ("compose.yaml", "services:\n  a:\n    build: .\n    ports: ['80:80', '90-91:90-91']\n    networks: [n]\n    environment: [A=1, B]\n    depends_on: [b]\n  b: {image: i}\nnetworks: {n: }\n"),
            ("compose.two.yaml", "services:\n  a:\n    environment: {A: 2}\n    networks: {n: {aliases: [x]}}\n"));

        Assert.All(Nodes(project.Tree), node => Assert.True(node.Origin.IsInFile || node.Origin.File.StartsWith('['), node.Origin.ToString()));
    }

    [Fact]
    public void Comments_show_the_place_the_replaced_values_and_the_variables()
    {
        var project = Load(("compose.yaml", "services:\n  a:\n    image: one:${TAG:-1}\n    init: true\n"), ("compose.two.yaml", "services:\n  a:\n    image: two\n    command: |\n      a\n      b\n"));

        var text = ComposeYamlWriter.Write(project, new ComposeWriteOptions { Origins = true });

        Assert.Contains("    image: two # compose.two.yaml:3 (was compose.yaml:3)\n", text, StringComparison.Ordinal);
        Assert.Contains("    init: true # compose.yaml:4\n", text, StringComparison.Ordinal);
        Assert.Contains("      default: null # default\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_with_the_same_name_are_distinguished_by_their_paths()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "sub"));
        File.WriteAllText(Path.Combine(_folder, "sub", "compose.yaml"), "services:\n  b:\n    image: i\n");
        var project = Load(("compose.yaml", "include: [sub/compose.yaml]\nservices: {a: {image: i}}\n"));

        Assert.Contains($"image: i # {Path.Combine("sub", "compose.yaml")}:3\n", ComposeYamlWriter.Write(project, new ComposeWriteOptions { Origins = true }), StringComparison.Ordinal);
    }

    [Fact]
    public void Env_files_with_the_same_name_are_distinguished_by_their_paths()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "sub"));
        File.WriteAllText(Path.Combine(_folder, ".env"), "TAG=1\n");
        File.WriteAllText(Path.Combine(_folder, "sub", ".env"), "# another\nLEVEL=2\n");
        File.WriteAllText(Path.Combine(_folder, "sub", "s.yaml"), "services:\n  b:\n    image: i:${LEVEL}\n");
        var project = Load(("compose.yaml", "include: [sub/s.yaml]\nservices:\n  a: {image: \"i:${TAG}\"}\n"));

        var text = ComposeYamlWriter.Write(project, new ComposeWriteOptions { Origins = true });

        Assert.Contains("image: i:1 # compose.yaml:3 [TAG from .env:1]\n", text, StringComparison.Ordinal);
        Assert.Contains($"image: i:2 # s.yaml:3 [LEVEL from {Path.Combine("sub", ".env")}:2]\n", text, StringComparison.Ordinal);
    }

    private ComposeProject Load(params (string Name, string Text)[] files)
    {
        foreach (var (name, text) in files)
        {
            File.WriteAllText(Path.Combine(_folder, name), text);
        }

        return ComposeLoader.Load(
            new ComposeRequest { WorkingDirectory = _folder, Files = [.. files.Select(file => file.Name)], Environment = new Dictionary<string, string> { ["NAME"] = "n" } }, CancellationToken.None);
    }

    private static Node At(ComposeProject project, params string[] path) => path.Aggregate((Node)project.Tree, (node, key) => ((MappingNode)node)[key]!);

    private static List<string> Chain(Origin? origin)
    {
        var chain = new List<string>();
        for (; origin is not null; origin = origin.Replaced)
        {
            chain.Add(Path.IsPathRooted(origin.File) ? $"{Path.GetFileName(origin.File)}:{origin.Line}:{origin.Column}" : origin.ToString());
        }

        return chain;
    }

    private static IEnumerable<Node> Nodes(Node node) => node switch
    {
        MappingNode mapping => mapping.Entries.SelectMany(entry => Nodes(entry.Value)).Prepend(node),
        SequenceNode list => list.Items.SelectMany(Nodes).Prepend(node),
        _ => [node],
    };
}
