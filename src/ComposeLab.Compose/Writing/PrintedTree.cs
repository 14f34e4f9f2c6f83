using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Writing;

/// <summary>What of a project is printed: the model without what only a run needs to know, and without what looks secret.</summary>
internal static class PrintedTree
{
    private const string ConfigsKey = "configs";
    private const string ContentKey = "content";

    /// <summary>Makes the tree that both writers print.</summary>
    /// <param name="project">The project.</param>
    /// <param name="options">How to print.</param>
    public static MappingNode Of(ComposeProject project, ComposeWriteOptions options)
    {
        MappingNode tree = project.Tree[ConfigsKey] is MappingNode configs
            ? project.Tree.With(ConfigsKey, configs.Select(entry => entry.Value is MappingNode config ? WithoutLoadedContent(config) : entry.Value))
            : project.Tree;
        return options.Mask is { } mask ? MaskedTree.Of(tree, mask) : tree;
    }

    // The content was taken from the variable for a run; the reference prints the variable's name alone, so that the output means the same on another machine.
    private static MappingNode WithoutLoadedContent(MappingNode config) => config.Contains("environment") ? config.Without(ContentKey) : config;
}
