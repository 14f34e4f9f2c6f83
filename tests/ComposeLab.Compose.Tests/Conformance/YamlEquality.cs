using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Tests.Conformance;

/// <summary>Whether two YAML texts mean the same, however they are written.</summary>
internal static class YamlEquality
{
    /// <summary>Compares two texts of one document each.</summary>
    /// <param name="left">A text.</param>
    /// <param name="right">Another.</param>
    public static bool Same(string left, string right) => Same(Root(left), Root(right));

    private static Node Root(string text) => YamlReader.Read(text, "config.yaml", CancellationToken.None).Single().Root;

    private static bool Same(Node left, Node right) => (left, right) switch
    {
        (MappingNode a, MappingNode b) => a.Count == b.Count && a.Entries.All(entry => b.TryGet(entry.Key, out var other) && (SameKeys(entry, other) || Same(entry.Value, other))),
        (SequenceNode a, SequenceNode b) => a.Count == b.Count && a.Items.Zip(b.Items).All(pair => Same(pair.First, pair.Second)),
        (ScalarNode a, ScalarNode b) => a.Kind == b.Kind && a.Text == b.Text,
        _ => false,
    };

    // The reference prints the SSH keys of a build in random order.
    private static bool SameKeys(MappingEntry entry, Node other) =>
        entry is { Key: "ssh", Value: SequenceNode keys } && other is SequenceNode others && Texts(keys).SequenceEqual(Texts(others));

    private static IEnumerable<string> Texts(SequenceNode list) => list.Items.OfType<ScalarNode>().Select(item => item.Text).Order(StringComparer.Ordinal);
}
