using System.Globalization;
using ComposeLab.Compose.Units;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>Reads typed values from the canonical model. Its scalars are already validated and have one canonical form.</summary>
internal static class NodeReading
{
    private static readonly IReadOnlyDictionary<string, string> NoTexts = new Dictionary<string, string>();

    public static string? Text(this MappingNode node, string key) =>
        node[key] is ScalarNode { IsNull: false } scalar ? scalar.Text : null;

    public static bool? Flag(this MappingNode node, string key) => node.Text(key) is { } text ? text == "true" : null;

    public static long? Integer(this MappingNode node, string key) =>
        long.TryParse(node.Text(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;

    public static double? Float(this MappingNode node, string key) =>
        double.TryParse(node.Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;

    public static long? Bytes(this MappingNode node, string key) => node.Integer(key);

    public static TimeSpan? Duration(this MappingNode node, string key) =>
        node.Text(key) is { } text && GoDuration.TryParse(text, out GoDuration duration) ? duration.ToTimeSpan() : null;

    public static IReadOnlyList<string>? Texts(this MappingNode node, string key) =>
        node[key] is SequenceNode list ? list.Items.Select(TextOf).ToArray() : null;

    public static IReadOnlyDictionary<string, string> TextMap(this MappingNode node, string key) =>
        node[key] is MappingNode map ? Map(map, (_, value) => TextOf(value)) : NoTexts;

    public static IReadOnlyDictionary<string, string?> NullableTextMap(this MappingNode node, string key) =>
        node[key] is MappingNode map
            ? Map(map, (_, value) => value is ScalarNode { IsNull: false } scalar ? scalar.Text : null)
            : new Dictionary<string, string?>();

    public static T? Child<T>(this MappingNode node, string key, Func<MappingNode, T> read)
        where T : class => node[key] is MappingNode child ? read(child) : null;

    public static IReadOnlyList<T> Children<T>(this MappingNode node, string key, Func<MappingNode, T> read) =>
        node[key] is SequenceNode list ? list.Items.OfType<MappingNode>().Select(read).ToArray() : [];

    public static IReadOnlyDictionary<string, T> Named<T>(this MappingNode node, string key, Func<string, MappingNode, T> read) =>
        node[key] is MappingNode map
            ? Map(map, (name, value) => read(name, value as MappingNode ?? Single(value)))
            : new Dictionary<string, T>();

    public static IReadOnlyDictionary<string, Node> Extensions(MappingNode node) =>
        node.Entries
            .Where(entry => entry.Key.StartsWith("x-", StringComparison.Ordinal))
            .ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);

    /// <summary>The only scalar allowed in a map of structures is a limit with equal soft and hard values.</summary>
    private static MappingNode Single(Node value) => value is ScalarNode { IsNull: false }
        ? new NodeBuilder(value.Origin).Add("single", value).Build()
        : new MappingNode([], value.Origin);

    private static SortedDictionary<string, T> Map<T>(MappingNode map, Func<string, Node, T> read)
    {
        var values = new SortedDictionary<string, T>(StringComparer.Ordinal);
        foreach (MappingEntry entry in map.Entries)
        {
            values[entry.Key] = read(entry.Key, entry.Value);
        }

        return values;
    }

    private static string TextOf(Node node) => node is ScalarNode scalar ? scalar.Text : "";
}
