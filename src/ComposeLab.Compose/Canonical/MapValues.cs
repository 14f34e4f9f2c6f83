using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Canonical;

/// <summary>Canonical forms of maps of texts, written as mappings or as lists of <c>key=value</c>.</summary>
internal static class MapValues
{
    /// <summary>Keys with text; a key without a value has an empty text.</summary>
    public static Node Texts(Node value) => Map(value, node => ScalarNode.String("", node.Origin));

    /// <summary>Keys with text; a key without a value has no text.</summary>
    public static Node OptionalTexts(Node value)
    {
        if (value is SequenceNode list && list.Items.OfType<ScalarNode>().FirstOrDefault(HasTrailingSpace) is { } spaced)
        {
            throw new InvalidValueException("names without a trailing space", spaced);
        }

        return Map(value, node => ScalarNode.Null(node.Origin));
    }

    /// <summary>A mapping whose values must be text or whole numbers.</summary>
    public static Node StrictTexts(Node value) => value is MappingNode mapping
        ? mapping.Select(entry => entry.Value is ScalarNode { IsNull: true } ? ScalarNode.String("", entry.Value.Origin) : ScalarValues.Text(entry.Value))
        : throw new InvalidValueException("a mapping", value);

    /// <summary>A mapping whose values are lists of texts.</summary>
    public static Node TextLists(Node value) => value is MappingNode mapping
        ? mapping.Select(entry => entry.Value is SequenceNode ? ListValues.Words(entry.Value) : new SequenceNode([Text(entry.Value)], entry.Value.Origin))
        : throw new InvalidValueException("a mapping", value);

    private static Node Map(Node value, Func<Node, Node> alone) => value switch
    {
        MappingNode mapping => mapping.Select(entry => entry.Value is ScalarNode { IsNull: true } ? alone(entry.Value) : Text(entry.Value)),
        SequenceNode list => new MappingNode(Entries(list, alone).Values, list.Origin),
        _ => throw new InvalidValueException("a mapping or a list of 'key=value'", value),
    };

    private static Dictionary<string, MappingEntry> Entries(SequenceNode list, Func<Node, Node> alone)
    {
        var entries = new Dictionary<string, MappingEntry>(StringComparer.Ordinal);
        foreach (Node item in list.Items)
        {
            string pair = item is ScalarNode scalar ? scalar.AsText : throw new InvalidValueException("'key=value'", item);
            int sign = pair.IndexOf('=', StringComparison.Ordinal);
            string key = sign < 0 ? pair : pair[..sign];
            entries[key] = new MappingEntry(key, sign < 0 ? alone(item) : ScalarNode.String(pair[(sign + 1)..], item.Origin), item.Origin);
        }

        return entries;
    }

    private static Node Text(Node value) => value switch
    {
        ScalarNode { Kind: ScalarKind.String } => value,
        ScalarNode scalar => ScalarNode.String(scalar.AsText, scalar.Origin),
        _ => throw new InvalidValueException("text", value),
    };

    private static bool HasTrailingSpace(ScalarNode item) => item.Text.Split('=', 2)[0] is { Length: > 0 } key && char.IsWhiteSpace(key[^1]);
}
