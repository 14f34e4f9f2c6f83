using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Merging;

/// <summary>Turns a list of names into the mapping it abbreviates.</summary>
internal static class Names
{
    /// <summary>Turns a list into a mapping; any other value stays as it is.</summary>
    /// <param name="node">The value.</param>
    /// <param name="valueOf">Makes the value of a name.</param>
    /// <returns>The mapping.</returns>
    public static Node ToMapping(Node node, Func<Origin, Node> valueOf)
    {
        if (node is not SequenceNode list)
        {
            return node;
        }

        var entries = new Dictionary<string, MappingEntry>(StringComparer.Ordinal);
        foreach (ScalarNode name in list.Items.OfType<ScalarNode>())
        {
            entries[name.Text] = new MappingEntry(name.Text, valueOf(name.Origin), name.Origin);
        }

        return new MappingNode(entries.Values, list.Origin);
    }

    /// <summary>What a service named in a <c>depends_on</c> list stands for.</summary>
    /// <param name="origin">Where the name stands.</param>
    /// <returns>The long syntax.</returns>
    public static MappingNode StartedDependency(Origin origin) => new(
        [
            new MappingEntry("condition", ScalarNode.String("service_started", origin), origin),
            new MappingEntry("required", ScalarNode.Boolean(true, origin), origin),
        ],
        origin);
}
