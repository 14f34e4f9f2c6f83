using ComposeLab.Compose.Model;

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
            .Select(entry => ComposeShapes.Project.Position(entry.Key) is { } position ? (entry, ComposeShapes.Project.Fields[position].Shape) : (entry, null));
        return new GoJson(indented: true, options.EscapeDollars).WriteObject(sections);
    }
}
