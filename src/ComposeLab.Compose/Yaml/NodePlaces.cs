using ComposeLab.Compose.Diagnostics;

namespace ComposeLab.Compose.Yaml;

/// <summary>Finds the place in the model of what stands at a line and column.</summary>
internal static class NodePlaces
{
    /// <summary>The path of the value that begins at a line and column.</summary>
    /// <param name="root">The document.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="column">The column, from 1.</param>
    /// <returns>Such as <c>services.api.ports[1]</c>; null when no value begins there.</returns>
    public static string? PathOf(Node root, int line, int column) => Find(root, ModelPath.Root, line, column)?.ToString();

    private static ModelPath? Find(Node node, ModelPath path, int line, int column)
    {
        if (node.Origin.Line == line && node.Origin.Column == column && path != ModelPath.Root)
        {
            return path;
        }

        return node switch
        {
            MappingNode mapping => mapping.Entries.Select(entry => Find(entry.Value, path.Below(entry.Key), line, column)).FirstOrDefault(found => found is not null),
            SequenceNode list => list.Items.Select((item, index) => Find(item, path.Item(index), line, column)).FirstOrDefault(found => found is not null),
            _ => null,
        };
    }
}
