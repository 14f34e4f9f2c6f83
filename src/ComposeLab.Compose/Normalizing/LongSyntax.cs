using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Merging;
using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Normalizing;

/// <summary>Converts a merged model to long syntax.</summary>
internal static class LongSyntax
{
    /// <summary>Converts every short syntax to the long one, then keeps one item of each identity: two short forms can mean the same item.</summary>
    /// <param name="root">The merged model.</param>
    /// <param name="lenient">Whether values that cannot be parsed are kept, because they still contain variables.</param>
    /// <exception cref="ComposeException">A value cannot be parsed.</exception>
    public static MappingNode Expand(MappingNode root, bool lenient) => TableWalk.Change(
        root,
        Phases.LongForm | Phases.Identity,
        (type, node, _) => type.LongForm is { } form ? form(node, lenient) : node,
        Uniqueness.Enforce);

    /// <summary>Parses short syntax; keeps a value that cannot be parsed if it may still contain variables.</summary>
    /// <param name="node">The value.</param>
    /// <param name="lenient">Whether it is allowed to.</param>
    /// <param name="parse">Parses it.</param>
    public static Node Attempt(Node node, bool lenient, Func<Node> parse)
    {
        try
        {
            return parse();
        }
        catch (ComposeException) when (lenient)
        {
            return node;
        }
    }
}

/// <summary>Converts the short syntax of an attribute to the long one.</summary>
/// <param name="node">The value.</param>
/// <param name="lenient">Whether a value that cannot be parsed is kept, because it still contains variables.</param>
/// <returns>The value in long syntax.</returns>
internal delegate Node LongForm(Node node, bool lenient);

/// <summary>The long forms that several attributes share.</summary>
internal static class LongForms
{
    /// <summary>Converts text to a mapping with one key.</summary>
    /// <param name="key">The key.</param>
    public static LongForm Key(string key) => (node, _) => node is ScalarNode { IsNull: false } ? new NodeBuilder(node.Origin).Add(key, node).Build() : node;

    /// <summary>Converts text to a list with one item.</summary>
    public static Node Items(Node node, bool lenient) => node is ScalarNode { Kind: ScalarKind.String } ? new SequenceNode([node], node.Origin) : node;

    /// <summary>Like <see cref="Items"/>, without empty items.</summary>
    public static Node NonEmptyItems(Node node, bool lenient) =>
        Items(node, lenient) is SequenceNode list ? list.Select(item => item is ScalarNode { Text: "" } ? null : item) : node;

    /// <summary>Converts a single value to text.</summary>
    public static Node Text(Node node, bool lenient) => node is ScalarNode scalar ? ScalarNode.String(scalar.Text, node.Origin) : node;

    /// <summary>Converts a list of names to a mapping with empty values.</summary>
    public static Node Names(Node node, bool lenient) => ToMapping(node, ScalarNode.Null);

    /// <summary>Converts dependencies to a mapping; each has a condition and a flag whether it is required.</summary>
    public static Node Dependencies(Node node, bool lenient) => ToMapping(node, StartedDependency) is MappingNode mapping
        ? mapping.Select(entry => entry.Value is MappingNode dependency
            ? dependency.WithDefault("condition", "service_started").WithDefault("required", ScalarNode.Boolean(true, Origin.Default))
            : entry.Value)
        : node;

    /// <summary>Converts env files to a list of mappings, each with a flag whether it is required.</summary>
    public static Node EnvFiles(Node node, bool lenient) => Items(node, lenient) is SequenceNode list ? list.Select(EnvFile) : node;

    /// <summary>Converts a list of <c>key=value</c> to a mapping.</summary>
    public static Node KeyValues(Node node, bool lenient)
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
                : throw ComposeException.At(ComposeErrorId.ComposeFileInvalid, "Expected 'key=value'.", "Write 'key=value'.", item.Origin);
            entries[pair[0]] = new MappingEntry(pair[0], ScalarNode.String(pair[1], item.Origin), item.Origin);
        }

        return new MappingNode(entries.Values, list.Origin);
    }

    /// <summary>Converts a list of names to a mapping.</summary>
    /// <param name="node">The list; anything else is returned unchanged.</param>
    /// <param name="valueOf">Creates the value of each name.</param>
    public static Node ToMapping(Node node, Func<Origin, Node> valueOf)
    {
        if (node is not SequenceNode list)
        {
            return node;
        }

        var entries = new Dictionary<string, MappingEntry>(StringComparer.Ordinal);
        foreach (ScalarNode name in list.Items.OfType<ScalarNode>())
        {
            entries[name.Text] = new MappingEntry(name.Text, valueOf(name.Origin), name.Origin);
        }

        return new MappingNode(entries.Values, list.Origin);
    }

    /// <summary>The condition of a dependency that is only a name.</summary>
    /// <param name="origin">The place of the name.</param>
    public static MappingNode StartedDependency(Origin origin) => new NodeBuilder(origin).Text("condition", "service_started").Flag("required", true).Build();

    private static Node EnvFile(Node item) =>
        Key("path")(item, false) is MappingNode file ? file.WithDefault("required", ScalarNode.Boolean(true, Origin.Default)) : item;

    private static bool HasValue(Node item) => item is ScalarNode { Kind: ScalarKind.String } pair && pair.Text.Contains('=', StringComparison.Ordinal);
}
