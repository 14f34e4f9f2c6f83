using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Rules.Files;

/// <summary>Finds out whether an alias or merge key takes a value over: it then is the same node in two places.</summary>
internal static class Aliases
{
    /// <summary>Whether a value, or a part of it, stands in a second place of its document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="value">The value.</param>
    public static bool Use(MappingNode document, Node value)
    {
        var parts = new HashSet<Node>(Parts(value), ReferenceEqualityComparer.Instance);
        return Parts(document).Count(parts.Contains) > Parts(value).Count();
    }

    private static IEnumerable<Node> Parts(Node node)
    {
        IEnumerable<Node> below = node switch
        {
            MappingNode mapping => mapping.Entries.Select(entry => entry.Value),
            SequenceNode list => list.Items,
            _ => [],
        };
        return below.SelectMany(Parts).Prepend(node);
    }
}
