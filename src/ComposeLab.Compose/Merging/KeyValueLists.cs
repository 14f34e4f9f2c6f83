using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Merging;

/// <summary>Brings mappings, lists and single texts into one form that can be appended: a list of <c>key=value</c>.</summary>
internal static class KeyValueLists
{
    public static IReadOnlyList<Node> Of(Node node) => node switch
    {
        SequenceNode list => list.Items,
        MappingNode mapping => mapping.Entries.SelectMany(Of).OrderBy(item => item.Text, StringComparer.Ordinal).ToArray(),
        ScalarNode { Kind: ScalarKind.String } text => [text],
        _ => [],
    };

    private static IEnumerable<ScalarNode> Of(MappingEntry entry) => entry.Value switch
    {
        ScalarNode { IsNull: true } nothing => [ScalarNode.String(entry.Key, nothing.Origin)],
        ScalarNode scalar => [ScalarNode.String($"{entry.Key}={scalar.AsText}", scalar.Origin)],
        SequenceNode list => list.Items.OfType<ScalarNode>().Select(item => ScalarNode.String($"{entry.Key}={item.AsText}", item.Origin)),
        _ => [ScalarNode.String($"{entry.Key}={Spelt(entry.Value)}", entry.KeyOrigin)],
    };

    // Nobody means a mapping here, and the schema would refuse it, but for the merge that makes it text first. So it is the reference's text.
    private static string Spelt(Node value) => value switch
    {
        MappingNode mapping => $"map[{string.Join(' ', mapping.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}:{Spelt(entry.Value)}"))}]",
        SequenceNode list => $"[{string.Join(' ', list.Items.Select(Spelt))}]",
        ScalarNode { IsNull: true } => "<nil>",
        ScalarNode scalar => scalar.AsText,
        _ => "",
    };
}
