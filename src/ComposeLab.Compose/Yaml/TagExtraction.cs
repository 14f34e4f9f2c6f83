using ComposeLab.Compose.Diagnostics;

namespace ComposeLab.Compose.Yaml;

/// <summary>Removes the <c>!reset</c> and <c>!override</c> tags from a document and records their places. A tag in an anchor applies everywhere the anchor is used.</summary>
internal static class TagExtraction
{
    /// <summary>Extracts the tags.</summary>
    /// <param name="root">The document.</param>
    public static YamlDocument Extract(Node root)
    {
        var paths = new List<ModelPath>();
        Node? content = Extract(root, ModelPath.Root, paths);
        return new YamlDocument(content ?? ScalarNode.Null(root.Origin), paths);
    }

    private static Node? Extract(Node node, ModelPath path, List<ModelPath> paths)
    {
        switch (node)
        {
            case TaggedNode { Tag: YamlTag.Reset }:
                paths.Add(path);
                return null;
            case TaggedNode { Tag: YamlTag.Hidden } hidden:
                Extract(hidden.Value, path, paths);
                return null;
            case TaggedNode tagged:
                paths.Add(path);
                return Untagged(tagged.Value);
            case MappingNode mapping:
                return mapping.Select(entry => Extract(entry.Value, path.Below(entry.Key), paths));
            case SequenceNode sequence:
                int index = 0;
                return sequence.Select(item => Extract(item, path.Item(index++), paths));
            default:
                return node;
        }
    }

    // A replacing value is used unchanged, so tags below it have no effect.
    private static Node Untagged(Node node) => node switch
    {
        TaggedNode tagged => Untagged(tagged.Value),
        MappingNode mapping => mapping.Select(entry => entry.Value is TaggedNode { Tag: YamlTag.Hidden } ? null : Untagged(entry.Value)),
        SequenceNode sequence => sequence.Select(Untagged),
        _ => node,
    };
}

/// <summary>The tags of Compose files that are not part of YAML.</summary>
internal enum YamlTag
{
    /// <summary><c>!reset</c>: the value of the earlier files is removed.</summary>
    Reset,

    /// <summary><c>!override</c>: the value replaces that of the earlier files without merging.</summary>
    Override,

    /// <summary>Not in the file: the value is from a merge key and the mapping's own value has priority. Only its tags apply.</summary>
    Hidden,
}

/// <summary>A value with a tag, until the tags are extracted.</summary>
/// <param name="tag">The tag.</param>
/// <param name="value">The value without it.</param>
internal sealed class TaggedNode(YamlTag tag, Node value) : Node(value.Origin)
{
    /// <summary>The tag.</summary>
    public YamlTag Tag { get; } = tag;

    /// <summary>The value without it.</summary>
    public Node Value { get; } = value;

    /// <summary>Whether a value has a tag at any depth.</summary>
    /// <param name="node">The value.</param>
    public static bool IsIn(Node node) => node switch
    {
        TaggedNode => true,
        MappingNode mapping => mapping.Entries.Any(entry => IsIn(entry.Value)),
        SequenceNode sequence => sequence.Items.Any(IsIn),
        _ => false,
    };

    /// <inheritdoc/>
    public override Node WithOrigin(Origin origin) => new TaggedNode(Tag, Value.WithOrigin(origin));
}
