using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Writing;

/// <summary>The printed part of a project: the model without the values that only a run needs, and with secrets hidden.</summary>
internal static class PrintedTree
{
    private const string ContentKey = "content";

    /// <summary>Creates the tree.</summary>
    /// <param name="project">The project.</param>
    /// <param name="options">The options.</param>
    public static MappingNode Of(ComposeProject project, ComposeWriteOptions options)
    {
        MappingNode tree = InEach(project.Tree, "configs", WithoutLoadedContent);
        tree = project.IsInterpolated ? InEach(tree, "services", WithoutImplied) : tree;
        return options.Mask is { } mask ? MaskedTree.Of(tree, mask) : tree;
    }

    private static MappingNode InEach(MappingNode tree, string section, Func<MappingNode, MappingNode> change) => tree[section] is MappingNode members
        ? tree.With(section, members.Select(entry => entry.Value is MappingNode member ? change(member) : entry.Value))
        : tree;

    // The content of the variable is only for a run. The reference prints only the variable's name, so that the output has the same meaning on another machine.
    private static MappingNode WithoutLoadedContent(MappingNode config) => config.Contains("environment") ? config.Without(ContentKey) : config;

    // Label files are already part of the labels, and true is the default of 'create_host_path'.
    private static MappingNode WithoutImplied(MappingNode service)
    {
        MappingNode printed = service.Without("label_file");
        return printed["volumes"] is SequenceNode volumes ? printed.With("volumes", volumes.Select(WithoutTrue)) : printed;
    }

    private static Node WithoutTrue(Node volume) => volume is MappingNode mount && mount["bind"] is MappingNode bind
        ? mount.With("bind", bind.Select(entry => MountAttributes.Bind.Row(entry.Key)?.Type.Print.OmitsTrue == true && entry.Value is ScalarNode { Text: "true" } ? null : entry.Value))
        : volume;
}

/// <summary>The options for printing a project.</summary>
public sealed record ComposeWriteOptions
{
    /// <summary>Whether each value is followed by a comment with its origin (YAML only).</summary>
    public bool Origins { get; init; }

    /// <summary>Hides secrets; null means that everything is printed.</summary>
    public SecretMask? Mask { get; init; }
}

/// <summary>A tree with hidden secrets.</summary>
public static class MaskedTree
{
    /// <summary>Hides the secrets.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="mask">The mask for secrets.</param>
    /// <returns>A tree of the same shape and the same origins.</returns>
    public static MappingNode Of(MappingNode tree, SecretMask mask) => tree.Select(entry => Masked(entry.Key, entry.Value, mask));

    private static Node Masked(string name, Node value, SecretMask mask) => value switch
    {
        MappingNode map => map.Select(entry => Masked(entry.Key, entry.Value, mask)),
        SequenceNode list => Masked(list, mask),
        ScalarNode { Kind: ScalarKind.String } scalar => Masked(name, scalar, mask),
        _ => value,
    };

    // Items have no names: the list's name ("command", "secrets") does not describe an item. An option before it may.
    private static SequenceNode Masked(SequenceNode list, SecretMask mask)
    {
        IReadOnlyList<string> shown = mask.MaskWords([.. list.Items.Select(item => item is ScalarNode { Kind: ScalarKind.String } word ? word.Text : "")]);
        int index = 0;
        return list.Select(item =>
        {
            string word = shown[index++];
            return item is not ScalarNode { Kind: ScalarKind.String } scalar ? Masked("", item, mask)
                : word == scalar.Text ? scalar
                : ScalarNode.String(word, scalar.Origin);
        });
    }

    private static ScalarNode Masked(string name, ScalarNode scalar, SecretMask mask)
    {
        var shown = name == "content" ? SecretMask.Masked : mask.Mask(name, scalar.Text);
        return shown == scalar.Text ? scalar : ScalarNode.String(shown, scalar.Origin);
    }
}
