using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Writing;

/// <summary>Prints a project as YAML, exactly as the reference does.</summary>
public static class ComposeYamlWriter
{
    /// <summary>Prints a project.</summary>
    /// <param name="project">The project.</param>
    /// <param name="options">How to print.</param>
    /// <returns>The YAML text; its last line ends with a line feed.</returns>
    public static string Write(ComposeProject project, ComposeWriteOptions options)
    {
        var tree = PrintedTree.Of(project, options);
        Func<Origin, string>? comment = options.Origins ? new OriginComment(project).Of : null;
        return new YamlEmitter(escapeDollars: project.IsInterpolated, comment).Write(tree);
    }
}
