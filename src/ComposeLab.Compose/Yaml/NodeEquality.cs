namespace ComposeLab.Compose.Yaml;

/// <summary>Compares values without regard to where they were written or in what order their keys stand.</summary>
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
