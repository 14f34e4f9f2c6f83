using ComposeLab.Compose.Diagnostics;

namespace ComposeLab.Compose.Yaml;

/// <summary>A value of a Compose file: a scalar, a mapping or a sequence. Nodes never change; every phase builds new ones.</summary>
/// <param name="origin">Where the value was written and what it replaced.</param>
public abstract class Node(Origin origin)
{
    /// <summary>Where the value was written and what it replaced.</summary>
    public Origin Origin { get; } = origin;

    /// <summary>The same value with another origin.</summary>
    /// <param name="origin">The origin of the copy.</param>
    /// <returns>A node that shares this one's children.</returns>
    public abstract Node WithOrigin(Origin origin);
}

/// <summary>Builds a mapping whose values all come from one place of a file.</summary>
/// <param name="origin">That place.</param>
internal sealed class NodeBuilder(Origin origin)
{
    private readonly List<MappingEntry> _entries = [];

    public NodeBuilder Add(string key, Node value)
    {
        _entries.Add(new MappingEntry(key, value, origin));
        return this;
    }

    public NodeBuilder Text(string key, string value) => Add(key, ScalarNode.String(value, origin));

    public NodeBuilder OptionalText(string key, string? value) => string.IsNullOrEmpty(value) ? this : Text(key, value);

    public NodeBuilder Number(string key, long value) => Add(key, ScalarNode.Integer(value, origin));

    public NodeBuilder OptionalNumber(string key, long value) => value == 0 ? this : Number(key, value);

    public NodeBuilder Flag(string key, bool value) => Add(key, ScalarNode.Boolean(value, origin));

    public NodeBuilder FlagIfTrue(string key, bool value) => value ? Flag(key, value) : this;

    public MappingNode Build() => new(_entries, origin);
}

/// <summary>Compares values without regard to where they were written or in what order their keys are.</summary>
internal static class NodeEquality
{
    public static bool Equal(Node one, Node other) => (one, other) switch
    {
        (ScalarNode a, ScalarNode b) => a.Kind == b.Kind && a.Text == b.Text,
        (SequenceNode a, SequenceNode b) => a.Count == b.Count && a.Items.Zip(b.Items).All(pair => Equal(pair.First, pair.Second)),
        (MappingNode a, MappingNode b) => a.Count == b.Count && a.Entries.All(entry => b.TryGet(entry.Key, out Node? value) && Equal(entry.Value, value)),
        _ => false,
    };
}

/// <summary>Names the form of a value in errors.</summary>
internal static class NodeDescription
{
    public static string Of(Node? node) => node switch
    {
        MappingNode => "a mapping",
        SequenceNode => "a list",
        ScalarNode { Kind: ScalarKind.Null } or null => "nothing",
        ScalarNode { Kind: ScalarKind.Boolean } => "true or false",
        ScalarNode { Kind: ScalarKind.Integer or ScalarKind.Float } => "a number",
        ScalarNode { Kind: ScalarKind.Timestamp } => "a date",
        _ => "text",
    };
}

/// <summary>Finds the place in the model of what is at a line and column.</summary>
internal static class NodePlaces
{
    /// <summary>The path of the value that begins at a line and column.</summary>
    /// <param name="root">The document.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="column">The column, from 1.</param>
    /// <returns>Such as <c>services.api.ports[1]</c>; null if no value begins there.</returns>
    public static string? PathOf(Node root, int line, int column) => Find(root, ModelPath.Root, line, column)?.ToString();

    private static ModelPath? Find(Node node, ModelPath path, int line, int column)
    {
        if (node.Origin.Line == line && node.Origin.Column == column && path != ModelPath.Root)
        {
            return path;
        }

        return node switch
        {
            MappingNode mapping => mapping.Entries.Select(entry => Find(entry.Value, path.Below(entry.Key), line, column)).FirstOrDefault(found => found is not null),
            SequenceNode list => list.Items.Select((item, index) => Find(item, path.Item(index), line, column)).FirstOrDefault(found => found is not null),
            _ => null,
        };
    }
}
