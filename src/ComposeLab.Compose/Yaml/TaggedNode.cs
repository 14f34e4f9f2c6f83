namespace ComposeLab.Compose.Yaml;

/// <summary>A value with a <c>!reset</c> or <c>!override</c> tag. It exists only until the tags are extracted from a document.</summary>
/// <param name="tag">The tag.</param>
/// <param name="value">The value itself.</param>
internal sealed class TaggedNode(YamlTag tag, Node value) : Node(value.Origin)
{
    public YamlTag Tag { get; } = tag;

    public Node Value { get; } = value;

    public override Node WithOrigin(Origin origin) => new TaggedNode(Tag, Value.WithOrigin(origin));
}
