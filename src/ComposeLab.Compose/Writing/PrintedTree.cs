using ComposeLab.Compose.Model;
using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Writing;

/// <summary>What of a project is printed: the model without what only a run needs to know, and without what looks secret.</summary>
internal static class PrintedTree
{
    private const string ContentKey = "content";

    /// <summary>Makes the tree.</summary>
    /// <param name="project">The project.</param>
    /// <param name="options">What is printed.</param>
    public static MappingNode Of(ComposeProject project, ComposeWriteOptions options)
    {
        MappingNode tree = InEach(project.Tree, "configs", WithoutLoadedContent);
        tree = project.IsInterpolated ? InEach(tree, "services", WithoutImplied) : tree;
        return options.Mask is { } mask ? MaskedTree.Of(tree, mask) : tree;
    }

    private static MappingNode InEach(MappingNode tree, string section, Func<MappingNode, MappingNode> change) => tree[section] is MappingNode members
        ? tree.With(section, members.Select(entry => entry.Value is MappingNode member ? change(member) : entry.Value))
        : tree;

    // The content was taken from the variable for a run; the reference prints the variable's name alone, so that the output means the same on another machine.
    private static MappingNode WithoutLoadedContent(MappingNode config) => config.Contains("environment") ? config.Without(ContentKey) : config;

    // Label files have been read into the labels, and true is what 'create_host_path' is anyway.
    private static MappingNode WithoutImplied(MappingNode service)
    {
        MappingNode printed = service.Without("label_file");
        return printed["volumes"] is SequenceNode volumes ? printed.With("volumes", volumes.Select(WithoutTrue)) : printed;
    }

    private static Node WithoutTrue(Node volume) => volume is MappingNode mount && mount["bind"] is MappingNode bind
        ? mount.With("bind", bind.Select(entry => MountAttributes.Bind.Row(entry.Key)?.Type.Print.OmitsTrue == true && entry.Value is ScalarNode { Text: "true" } ? null : entry.Value))
        : volume;
}
