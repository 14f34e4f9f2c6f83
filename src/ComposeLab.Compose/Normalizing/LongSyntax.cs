using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Merging;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Normalizing;

/// <summary>Turns every short syntax of the specification into its long one.</summary>
/// <param name="lenient">Whether values that cannot be parsed stay as they are, because they still hold variables.</param>
internal sealed class LongSyntax(bool lenient)
{
    private delegate Node Expansion(LongSyntax syntax, Node node, PathTable<Expansion> rules);

    private static readonly PathTable<Expansion> Table = new(
    [
        ("services.*.build", (syntax, node, rules) => syntax.Descend(SingleKey(node, "context"), rules)),
        ("services.*.build.secrets.*", (_, node, _) => SingleKey(node, "source")),
        ("services.*.build.provenance", (_, node, _) => ToText(node)),
        ("services.*.build.sbom", (_, node, _) => ToText(node)),
        ("services.*.build.additional_contexts", (syntax, node, _) => syntax.KeyValues(node)),
        ("services.*.build.ssh", (_, node, _) => SshSyntax.Expand(node)),
        ("services.*.depends_on", (_, node, _) => Dependencies(node)),
        ("services.*.env_file", (_, node, _) => EnvFiles(node)),
        ("services.*.label_file", (_, node, _) => SingleItem(node)),
        ("services.*.extends", (_, node, _) => SingleKey(node, "service")),
        ("services.*.gpus", (_, node, _) => Gpus(node)),
        ("services.*.networks", (_, node, _) => Names.ToMapping(node, ScalarNode.Null)),
        ("services.*.models", (_, node, _) => Names.ToMapping(node, ScalarNode.Null)),
        ("services.*.volumes.*", (syntax, node, _) => syntax.Mount(node)),
        ("services.*.dns", (_, node, _) => SingleItem(node)),
        ("services.*.devices.*", (syntax, node, _) => syntax.Device(node)),
        ("services.*.secrets.*", (_, node, _) => SingleKey(node, "source")),
        ("services.*.configs.*", (_, node, _) => SingleKey(node, "source")),
        ("services.*.ports", (syntax, node, _) => syntax.Ports(node)),
        ("services.*.develop.watch.*.ignore", (_, node, _) => SingleItem(node)),
        ("services.*.develop.watch.*.include", (_, node, _) => SingleItem(node)),
        ("volumes.*", (syntax, node, rules) => ExternalSyntax.Expand(syntax.Descend(node, rules))),
        ("networks.*", (syntax, node, rules) => ExternalSyntax.Expand(syntax.Descend(node, rules))),
        ("secrets.*", (syntax, node, rules) => ExternalSyntax.Expand(syntax.Descend(node, rules))),
        ("configs.*", (syntax, node, rules) => ExternalSyntax.Expand(syntax.Descend(node, rules))),
    ]);

    /// <summary>Expands a model.</summary>
    /// <param name="root">The merged model.</param>
    /// <returns>The model in long syntax.</returns>
    public MappingNode Expand(MappingNode root) => (MappingNode)Descend(root, Table);

    private Node Expand(Node node, PathTable<Expansion>? rules) => rules switch
    {
        null => node,
        { Rule: { } expansion } => expansion(this, node, rules),
        _ => Descend(node, rules),
    };

    private Node Descend(Node node, PathTable<Expansion> rules) => node switch
    {
        MappingNode mapping => mapping.Select(entry => Expand(entry.Value, rules.Below(entry.Key))),
        SequenceNode list => list.Select(item => Expand(item, rules.BelowItem())),
        _ => node,
    };

    private static Node SingleKey(Node node, string key) => node is ScalarNode { IsNull: false } ? new NodeBuilder(node.Origin).Add(key, node).Build() : node;

    private static Node SingleItem(Node node) => node is ScalarNode { Kind: ScalarKind.String } ? new SequenceNode([node], node.Origin) : node;

    private static Node ToText(Node node) => node is ScalarNode scalar ? ScalarNode.String(scalar.Text, node.Origin) : node;

    private Node Mount(Node node) => node is ScalarNode { Kind: ScalarKind.String } spec ? Attempt(node, () => CleanTarget(MountSyntax.Parse(spec))) : node;

    private static MappingNode CleanTarget(MappingNode mount) =>
        mount["target"] is ScalarNode { Text.Length: > 0 } target ? mount.With("target", ScalarNode.String(PosixPath.Clean(target.Text), target.Origin)) : mount;

    private Node Ports(Node node) => node is SequenceNode list
        ? Attempt(node, () => new SequenceNode(list.Items.SelectMany(Port), list.Origin))
        : node;

    private static IEnumerable<Node> Port(Node item) => item is ScalarNode { IsNull: false } spec ? PortSyntax.Parse(spec) : [item];

    private Node Attempt(Node node, Func<Node> expand)
    {
        try
        {
            return expand();
        }
        catch (ComposeException) when (lenient)
        {
            return node;
        }
    }

    private Node Device(Node node) => node is ScalarNode { Kind: ScalarKind.String } spec ? Attempt(node, () => Device(spec)) : node;

    private static MappingNode Device(ScalarNode spec)
    {
        string[] parts = spec.Text.Split(':');
        return parts.Length <= 3
            ? new NodeBuilder(spec.Origin)
                .Text("source", parts[0])
                .Text("target", parts is [_, { Length: > 0 } target, ..] ? target : parts[0])
                .Text("permissions", parts is [_, _, var permissions] ? permissions : "rwm")
                .Build()
            : throw ComposeException.At(
                ComposeErrorId.ComposeFileInvalid,
                $"Expected a device as 'source[:target[:permissions]]', found '{spec.Text}'.",
                "Write the device in its long form: 'source', 'target', 'permissions'.",
                spec.Origin);
    }

    private static Node Gpus(Node node) => node is ScalarNode { Kind: ScalarKind.String }
        ? new SequenceNode([new NodeBuilder(node.Origin).Text("count", "all").Build()], node.Origin)
        : node;

    private static Node Dependencies(Node node) => Names.ToMapping(node, Names.StartedDependency) is MappingNode mapping
        ? mapping.Select(entry => entry.Value is MappingNode dependency ? WithDefaults(dependency) : entry.Value)
        : node;

    private static MappingNode WithDefaults(MappingNode dependency)
    {
        MappingNode complete = dependency.Contains("condition") ? dependency : dependency.With("condition", ScalarNode.String("service_started", Origin.Default));
        return complete.Contains("required") ? complete : complete.With("required", ScalarNode.Boolean(true, Origin.Default));
    }

    private static Node EnvFiles(Node node) => SingleItem(node) is SequenceNode list ? list.Select(EnvFile) : node;

    private static Node EnvFile(Node item) => SingleKey(item, "path") switch
    {
        MappingNode file when !file.Contains("required") => file.With("required", ScalarNode.Boolean(true, Origin.Default)),
        var file => file,
    };

    private Node KeyValues(Node node)
    {
        if (node is not SequenceNode list || (lenient && !list.Items.All(HasValue)))
        {
            return node;
        }

        var entries = new Dictionary<string, MappingEntry>(StringComparer.Ordinal);
        foreach (Node item in list.Items)
        {
            string[] pair = HasValue(item)
                ? ((ScalarNode)item).Text.Split('=', 2)
                : throw ComposeException.At(ComposeErrorId.ComposeFileInvalid, "Expected 'key=value', found another form.", "Write 'key=value'.", item.Origin);
            entries[pair[0]] = new MappingEntry(pair[0], ScalarNode.String(pair[1], item.Origin), item.Origin);
        }

        return new MappingNode(entries.Values, list.Origin);
    }

    private static bool HasValue(Node item) => item is ScalarNode { Kind: ScalarKind.String } pair && pair.Text.Contains('=', StringComparison.Ordinal);
}
