using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Merging;
using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Normalizing;

/// <summary>Brings a merged model into long syntax.</summary>
internal static class LongSyntax
{
    /// <summary>Turns every short syntax into the long one, then keeps one item of each identity: two short forms may mean the same item.</summary>
    /// <param name="root">The merged model.</param>
    /// <param name="lenient">Whether values that cannot be parsed stay as they are, because they still hold variables.</param>
    /// <exception cref="ComposeException">A value cannot be parsed.</exception>
    public static MappingNode Expand(MappingNode root, bool lenient) => TableWalk.Change(
        root,
        Phases.LongForm | Phases.Identity,
        (type, node, _) => type.LongForm is { } form ? form(node, lenient) : node,
        Uniqueness.Enforce);

    /// <summary>Parses short syntax; keeps what cannot be parsed when it may still hold variables.</summary>
    /// <param name="node">The value.</param>
    /// <param name="lenient">Whether it may.</param>
    /// <param name="parse">Parses it.</param>
    public static Node Attempt(Node node, bool lenient, Func<Node> parse)
    {
        try
        {
            return parse();
        }
        catch (ComposeException) when (lenient)
        {
            return node;
        }
    }
}
