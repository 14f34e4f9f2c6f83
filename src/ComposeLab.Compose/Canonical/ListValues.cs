using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Canonical;

/// <summary>The forms of lists of texts.</summary>
internal static class ListValues
{
    /// <summary>A list whose items must be text or whole numbers.</summary>
    public static Node Texts(Node value) =>
        value is SequenceNode list ? list.Select(ScalarValues.Text) : throw new InvalidValueException("a list", value);

    /// <summary>One text or a list of texts; a number is none.</summary>
    public static Node TextOrTexts(Node value) => value switch
    {
        ScalarNode { Kind: ScalarKind.String } => new SequenceNode([value], value.Origin),
        SequenceNode list when list.Items.All(item => item is ScalarNode { Kind: ScalarKind.String }) => list,
        _ => throw new InvalidValueException("text or a list of texts", value),
    };

    /// <summary>A list of texts or numbers, printed as text.</summary>
    public static Node Words(Node value) => value switch
    {
        ScalarNode { Kind: ScalarKind.String } => new SequenceNode([value], value.Origin),
        SequenceNode list => list.Select(item => item is ScalarNode scalar ? ScalarNode.String(scalar.AsText, scalar.Origin) : throw new InvalidValueException("text or a number", item)),
        _ => throw new InvalidValueException("a list", value),
    };

    /// <summary>A command line: a list stays, a text is split as a shell would.</summary>
    public static Node Command(Node value) => value switch
    {
        SequenceNode list when list.Items.All(item => item is ScalarNode { Kind: ScalarKind.String }) => list,
        ScalarNode { Kind: ScalarKind.String } line => new SequenceNode(
            (CommandLine.Split(line.Text) ?? throw new InvalidValueException("a command with matching quotes", "a quote or bracket that is left open"))
                .Select(word => ScalarNode.String(word, value.Origin)),
            value.Origin),
        _ => throw new InvalidValueException("a command line or a list of texts", value),
    };

    /// <summary>A probe: a text is run by the container's shell.</summary>
    public static Node Probe(Node value) => value is ScalarNode { Kind: ScalarKind.String } line
        ? new SequenceNode([ScalarNode.String("CMD-SHELL", value.Origin), line], value.Origin)
        : TextOrTexts(value);
}
