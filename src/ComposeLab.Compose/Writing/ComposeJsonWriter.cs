using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Writing;

/// <summary>Prints a project as JSON, exactly as the reference does.</summary>
public static class ComposeJsonWriter
{
    /// <summary>Prints a project.</summary>
    /// <param name="project">The project.</param>
    /// <param name="options">How to print.</param>
    /// <returns>The indented JSON text, without a final line feed.</returns>
    public static string Write(ComposeProject project, ComposeWriteOptions options)
    {
        var tree = PrintedTree.Of(project, options);

        // The reference encodes the project's top level as a map: its keys are sorted, extensions are kept, models are forgotten.
        var sections = tree.Entries
            .Where(entry => entry.Key != "models")
            .OrderBy(entry => entry.Key, Utf8Order.Instance)
            .Select(entry => ComposeShapes.Project.Position(entry.Key) is { } position
                ? (entry, ComposeShapes.Project.Fields[position].Shape)
                : (entry with { Value = WithoutEmptyLists(entry.Value) }, null));
        return new GoJson(indented: true, options.EscapeDollars).WriteObject(sections);
    }

    // The reference's JSON has null where an extension holds an empty list.
    private static Node WithoutEmptyLists(Node node) => node switch
    {
        SequenceNode { Count: 0 } => ScalarNode.Null(node.Origin),
        SequenceNode list => list.Select(WithoutEmptyLists),
        MappingNode map => map.Select(entry => WithoutEmptyLists(entry.Value)),
        _ => node,
    };
}
