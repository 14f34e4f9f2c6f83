using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Normalizing;

/// <summary>The list form of <c>build.ssh</c>: <c>default</c> or <c>id=path</c>.</summary>
internal static class SshSyntax
{
    public static Node Expand(Node node)
    {
        if (node is not SequenceNode list)
        {
            return node;
        }

        var keys = new Dictionary<string, MappingEntry>(StringComparer.Ordinal);
        foreach (Node item in list.Items)
        {
            MappingEntry key = Key(item);
            keys[key.Key] = key;
        }

        return new MappingNode(keys.Values, list.Origin);
    }

    private static MappingEntry Key(Node item) => item is ScalarNode { Kind: ScalarKind.String } key && key.Text.Split('=', 2) is var pair
        ? pair switch
        {
            [var id, var path] => new MappingEntry(id, ScalarNode.String(path, item.Origin), item.Origin),
            ["default"] => new MappingEntry("default", ScalarNode.Null(item.Origin), item.Origin),
            _ => throw Invalid(item),
        }
        : throw Invalid(item);

    private static ComposeException Invalid(Node item) => ComposeException.At(
        ComposeErrorId.ComposeFileInvalid,
        "Expected an SSH key as 'default' or 'id=path', found another form.",
        "Write for example 'ssh: [default]' or 'ssh: [deploy=~/.ssh/id_ed25519]'.",
        item.Origin);
}
