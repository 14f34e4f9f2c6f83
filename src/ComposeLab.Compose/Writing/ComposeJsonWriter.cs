using ComposeLab.Compose.Model;
using ComposeLab.Compose.Specification;
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
            return new GoJson(indented: true, escapeDollars: false).Write(WithoutEmptyLists(tree, ProjectAttributes.Type), null);
        }

        // The reference encodes the project's top level as a map: its keys are sorted, extensions are kept, models are forgotten.
        var sections = tree.Entries
            .Where(entry => entry.Key != "models")
            .OrderBy(entry => entry.Key, Utf8Order.Instance)
            .Select(entry => ProjectAttributes.Type.Row(entry.Key) is { } row
                ? (entry, row.Type)
                : (entry with { Value = WithoutEmptyLists(entry.Value, null) }, (AttributeType?)null));
        return new GoJson(indented: true, escapeDollars: true).WriteObject(sections);
    }

    // The reference's JSON has null where free content holds an empty list, but not where it looked for items that come twice without changing them.
    private static Node WithoutEmptyLists(Node node, AttributeType? type) => node switch
    {
        SequenceNode { Count: 0 } => type?.Identity is null || type.TakesVariables ? ScalarNode.Null(node.Origin) : node,
        SequenceNode list => list.Select(item => WithoutEmptyLists(item, type?.Items)),
        MappingNode map => map.Select(entry => WithoutEmptyLists(entry.Value, type?.Below(entry.Key))),
        _ => node,
    };
}
