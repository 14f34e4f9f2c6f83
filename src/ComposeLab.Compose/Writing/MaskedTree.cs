using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Writing;

/// <summary>A tree in which values that look secret are hidden.</summary>
public static class MaskedTree
{
    /// <summary>Hides what looks secret.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="mask">Knows what looks secret.</param>
    /// <returns>A tree of the same shape and the same origins.</returns>
    public static MappingNode Of(MappingNode tree, SecretMask mask) => tree.Select(entry => Masked(entry.Key, entry.Value, mask));

    private static Node Masked(string name, Node value, SecretMask mask) => value switch
    {
        MappingNode map => map.Select(entry => Masked(entry.Key, entry.Value, mask)),
        SequenceNode list => Masked(list, mask),
        ScalarNode { Kind: ScalarKind.String } scalar => Masked(name, scalar, mask),
        _ => value,
    };

    // Items have no name of their own: the list's name ("command", "secrets") says nothing about one of them. An option before them may.
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
