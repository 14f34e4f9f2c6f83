using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Normalizing;

/// <summary>The old form <c>external: {name: x}</c> of a resource: it becomes <c>external: true</c> and <c>name: x</c>.</summary>
internal static class ExternalSyntax
{
    public static Node Expand(Node node)
    {
        if (node is not MappingNode resource || resource["external"] is not MappingNode external)
        {
            return node;
        }

        MappingNode expanded = resource.With("external", ScalarNode.Boolean(true, external.Origin));
        if (external["name"] is not ScalarNode name)
        {
            return expanded;
        }

        return resource["name"] switch
        {
            null => expanded.With("name", name),
            ScalarNode given when given.Text == name.Text => expanded,
            _ => throw ComposeException.At(
                ComposeErrorId.ComposeFileInvalid,
                "Expected one name, found different values in 'name' and 'external.name'.",
                "Keep 'name' and write 'external: true'.",
                name.Origin),
        };
    }
}
