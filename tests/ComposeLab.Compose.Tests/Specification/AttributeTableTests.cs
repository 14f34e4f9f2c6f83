using System.Runtime.CompilerServices;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Validation;
using ComposeLab.Compose.Writing;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Tests.Specification;

/// <summary>
/// The table contains every attribute of the published schema, and each of them goes through every phase. A new attribute needs its line in the table, its
/// path in <c>schema-attributes.txt</c> and a value in <c>every-attribute.yaml</c>.
/// </summary>
public sealed class AttributeTableTests : IDisposable
{
    // Attributes that are only for loading, and the old forms that they replace.
    private static readonly string[] NotPrinted =
    [
        "include", "services.*.extends", "services.*.env_file", "services.*.label_file",
        "networks.*.external.name", "volumes.*.external.name", "secrets.*.external.name", "configs.*.external.name",
    ];

    private static readonly string Schema = File.ReadAllText(Path.Combine(Here(), "schema-attributes.txt"));
    private static readonly string Everything = File.ReadAllText(Path.Combine(Here(), "every-attribute.yaml"));

    private readonly string _folder = Directory.CreateTempSubdirectory("composelab-table-").FullName;

    public AttributeTableTests()
    {
        Write("compose.yaml", Everything);
        Write("base.yaml", "services: {base: {image: base}}");
        Write("included.yaml", "services: {i: {image: i}}");
        Write("e.env", "E=1");
        Write("l.env", "l2=1");
    }

    public static TheoryData<string> Structures => [.. Walk(ProjectAttributes.Type, "").Where(place => place.Type is { Attributes: not null, Others: not OtherKeys.Any }).Select(place => place.Path)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_table_and_the_published_schema_have_the_same_attributes()
    {
        string[] schema = Schema.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] table = Rows().Select(row => row.Path).Order(StringComparer.Ordinal).ToArray();

        Assert.Equal(schema, table);
    }

    [Fact]
    public void Every_attribute_has_a_value_in_the_file_of_every_attribute()
    {
        Node root = YamlReader.Read(Everything, "every-attribute.yaml", CancellationToken.None).Single().Root;

        string[] missing = Rows().Where(row => !Has(root, row.Path)).Select(row => row.Path).ToArray();
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_attribute_is_kept_and_printed_unless_it_is_only_for_loading()
    {
        MappingNode printed = Printed(Load("compose.yaml"));
        string[] missing = Rows()
            .Where(row => row.Row.IsPrinted && !NotPrinted.Any(path => row.Path.StartsWith(path, StringComparison.Ordinal)) && !Has(printed, row.Path))
            .Select(row => row.Path).ToArray();
        Assert.Empty(missing);
    }

    [Fact]
    public void The_printed_text_loads_as_the_same_project()
    {
        string once = Text(Load("compose.yaml"));
        Write("printed.yaml", once);

        Assert.Equal(once, Text(Load("printed.yaml")));
    }

    [Fact]
    public void Every_attribute_can_be_interpolated_merged_and_overridden_in_the_next_file()
    {
        string once = Text(Load("compose.yaml"));
        Write("printed.yaml", once);
        Write("variables.yaml", "services: {a: {image: \"${I:-i}\", scale: \"${S:-1}\", tty: \"${T:-true}\", cpu_percent: \"${P:-50}\"}}");

        Assert.Equal(once, Text(Load("printed.yaml", "variables.yaml")));
    }

    [Fact]
    public void Every_attribute_of_a_service_is_inherited_by_a_service_that_extends_it()
    {
        ComposeProject project = Load("compose.yaml");
        Write("extending.yaml", $"{Text(project)}  # end\n");
        string text = File.ReadAllText(Path.Combine(_folder, "extending.yaml"))
            .Replace("\nservices:\n", "\nservices:\n  heir: {extends: a, container_name: heir, profiles: [p]}\n", StringComparison.Ordinal);
        Write("extending.yaml", text);

        MappingNode printed = Printed(Load("extending.yaml"));
        var heir = (MappingNode)((MappingNode)printed["services"]!)["heir"]!;

        Assert.Equal(project.Services["a"].Node.Entries.Select(entry => entry.Key).Except(["label_file"]), heir.Entries.Select(entry => entry.Key));
    }

    [Theory]
    [MemberData(nameof(Structures))]
    public void An_unknown_attribute_is_rejected_with_its_place_in_every_structure(string path)
    {
        var origin = new Origin("compose.yaml", 1, 1);
        Node node = new NodeBuilder(origin).Text("nope", "1").Build();
        foreach (string step in path.Split('.', StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            string key = step.Replace("[]", "", StringComparison.Ordinal);
            Node value = step.EndsWith("[]", StringComparison.Ordinal) ? new SequenceNode([node], origin) : node;
            node = new NodeBuilder(origin).Add(key == "*" ? "name" : key, value).Build();
        }

        var fault = Assert.Throws<ComposeException>(() => SchemaValidator.Validate((MappingNode)node));

        Assert.Equal((ComposeErrorId.UnsupportedAttribute, path.Replace("*", "name", StringComparison.Ordinal).Replace("[]", "[0]", StringComparison.Ordinal) + (path.Length == 0 ? "nope" : ".nope")), (fault.Id, fault.Path));
    }

    private static IEnumerable<(string Path, AttributeRow Row)> Rows() => Walk(ProjectAttributes.Type, "").SelectMany(place =>
        (place.Type.Attributes ?? []).Select(row => (place.Path.Length == 0 ? row.Name : $"{place.Path}.{row.Name}", row)));

    private static IEnumerable<(string Path, AttributeType Type)> Walk(AttributeType type, string path)
    {
        yield return (path, type);
        IEnumerable<(string, AttributeType)> below = (type.Attributes ?? []).SelectMany(row => Walk(row.Type, path.Length == 0 ? row.Name : $"{path}.{row.Name}"))
            .Concat(type.Items is { } items ? Walk(items, path + "[]") : [])
            .Concat(type.Values is { } values ? Walk(values, path + ".*") : []);
        foreach ((string, AttributeType) place in below)
        {
            yield return place;
        }
    }

    private static bool Has(Node? node, string path)
    {
        if (path.Length == 0)
        {
            return node is not null;
        }

        string step = path.Split('.')[0];
        string rest = path[Math.Min(path.Length, step.Length + 1)..];
        string key = step.Replace("[]", "", StringComparison.Ordinal);
        IEnumerable<Node> values = node is not MappingNode mapping ? [] : key == "*" ? mapping.Entries.Select(entry => entry.Value) : mapping[key] is { } value ? [value] : [];
        return values.Any(value => step.EndsWith("[]", StringComparison.Ordinal) ? value is SequenceNode list && list.Items.Any(item => Has(item, rest)) : Has(value, rest));
    }

    private static string Text(ComposeProject project) => ComposeYamlWriter.Write(project, new ComposeWriteOptions());

    private static MappingNode Printed(ComposeProject project) => (MappingNode)YamlReader.Read(Text(project), "printed.yaml", CancellationToken.None).Single().Root;

    // Nothing is left out for want of a use: the model is printed as it is, with every service and resource.
    private ComposeProject Load(params string[] files) => ComposeLoader.Load(
        new ComposeRequest { WorkingDirectory = _folder, Files = files, ComposeProfiles = ["*"] }, CancellationToken.None);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
