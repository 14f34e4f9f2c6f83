using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Specification;

/// <summary>Walks a model together with the table, but only the parts with rules for a phase.</summary>
internal static class TableWalk
{
    /// <summary>Changes the values for which the table has a rule of a phase, before or after the values below them.</summary>
    /// <param name="root">The model.</param>
    /// <param name="phases">The phases of the rules.</param>
    /// <param name="before">Changes a value before the values below it.</param>
    /// <param name="after">Changes a value after the values below it, or null.</param>
    public static MappingNode Change(MappingNode root, Phases phases, Func<AttributeType, Node, ModelPath, Node> before, Func<AttributeType, Node, Node>? after = null) =>
        (MappingNode)Change(root, ProjectAttributes.Type, ModelPath.Root, new Visitor(phases, before, after));

    private static Node Change(Node node, AttributeType? type, ModelPath path, Visitor visitor)
    {
        if (type is null || (type.Phases & visitor.Phases) == 0)
        {
            return node;
        }

        Node changed = visitor.Before(type, node, path) switch
        {
            MappingNode mapping when type.Attributes is not null || type.Values is not null => mapping.Select(entry =>
                type.Below(entry.Key) is { } below && (below.Phases & visitor.Phases) != 0 ? Change(entry.Value, below, path.Below(entry.Key), visitor) : entry.Value),
            SequenceNode list when type.Items is { } items && (items.Phases & visitor.Phases) != 0 => Items(list, items, path, visitor),
            var other => other,
        };
        return visitor.After is { } after ? after(type, changed) : changed;
    }

    private static SequenceNode Items(SequenceNode list, AttributeType items, ModelPath path, Visitor visitor)
    {
        int index = 0;
        return list.Select(item => Change(item, items, path.Item(index++), visitor));
    }

    private sealed record Visitor(Phases Phases, Func<AttributeType, Node, ModelPath, Node> Before, Func<AttributeType, Node, Node>? After);
}
