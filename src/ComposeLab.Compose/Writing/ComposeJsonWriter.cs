using ComposeLab.Compose.Merging;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Writing;

/// <summary>Prints a project as JSON, exactly as the reference does.</summary>
public static class ComposeJsonWriter
{
    /// <summary>Prints a project; one that was not interpolated without the order of structures, with all keys sorted.</summary>
    /// <param name="project">The project.</param>
    /// <param name="options">How to print.</param>
    /// <returns>The indented JSON text, without a final line feed.</returns>
    public static string Write(ComposeProject project, ComposeWriteOptions options)
    {
        var tree = PrintedTree.Of(project, options);
        if (!project.IsInterpolated)
        {
            return new GoJson(indented: true, escapeDollars: false).Write(WithoutEmptyLists(tree, Uniqueness.Lists), null);
        }

        // The reference encodes the project's top level as a map: its keys are sorted, extensions are kept, models are forgotten.
        var sections = tree.Entries
            .Where(entry => entry.Key != "models")
            .OrderBy(entry => entry.Key, Utf8Order.Instance)
            .Select(entry => ComposeShapes.Project.Position(entry.Key) is { } position
                ? (entry, ComposeShapes.Project.Fields[position].Shape)
                : (entry with { Value = WithoutEmptyLists(entry.Value, null) }, null));
        return new GoJson(indented: true, escapeDollars: true).WriteObject(sections);
    }

    // The reference's JSON has null where free content holds an empty list, but not where it looked for items that come twice without changing them.
    private static Node WithoutEmptyLists(Node node, PathTable<Uniqueness.Identity>? unique) => node switch
    {
        SequenceNode { Count: 0 } => unique?.Rule is null ? ScalarNode.Null(node.Origin) : node,
        SequenceNode list => list.Select(item => WithoutEmptyLists(item, unique?.BelowItem())),
        MappingNode map => map.Select(entry => WithoutEmptyLists(entry.Value, entry.Key is "environment" or "args" ? null : unique?.Below(entry.Key))),
        _ => node,
    };
}
