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
        ScalarNode scalar => [ScalarNode.String($"{entry.Key}={scalar.Text}", scalar.Origin)],
        SequenceNode list => list.Items.OfType<ScalarNode>().Select(item => ScalarNode.String($"{entry.Key}={item.Text}", item.Origin)),
        _ => [ScalarNode.String($"{entry.Key}=", entry.KeyOrigin)],
    };
}
