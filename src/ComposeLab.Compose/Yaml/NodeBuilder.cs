namespace ComposeLab.Compose.Yaml;

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
