using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Specification;

/// <summary>Walks a model together with the table, but only the parts with rules for a phase.</summary>
internal static class TableWalk
{
    /// <summary>Changes the values for which the table has a rule of a phase, before or after the values below them.</summary>
    /// <param name="root">The model.</param>
    /// <param name="phases">The phases of the rules.</param>
    /// <param name="before">Changes a value before the values below it. The path is complete for types with a rule of the phases <see cref="Phases.Check"/> and <see cref="Phases.Extends"/>.</param>
    /// <param name="after">Changes a value after the values below it, or null.</param>
    public static MappingNode Change(MappingNode root, Phases phases, Func<AttributeType, Node, ModelPath, Node> before, Func<AttributeType, Node, Node>? after = null) =>
        (MappingNode)Change(root, ProjectAttributes.Type, ModelPath.Root, new Visitor(phases, before, after));

    private static Node Change(Node node, AttributeType type, ModelPath path, Visitor visitor)
    {
        if ((type.Phases & visitor.Phases) == 0)
        {
            return node;
        }

        Node changed = visitor.Before(type, node, path) switch
        {
            MappingNode mapping when type.Attributes is not null || type.Values is not null => Entries(mapping, type, path, visitor),
            SequenceNode list when type.Items is { } items && (items.Phases & visitor.Phases) != 0 => Items(list, items, path, visitor),
            var other => other,
        };
        return visitor.After is { } after ? after(type, changed) : changed;
    }

    private static MappingNode Entries(MappingNode mapping, AttributeType type, ModelPath path, Visitor visitor)
    {
        var changes = new EntryChanges(mapping);
        foreach (MappingEntry entry in mapping.Span)
        {
            changes.Add(entry, type.Below(entry.Key) is { } below && (below.Phases & visitor.Phases) != 0
                ? Change(entry.Value, below, visitor.NeedsPath(below) ? path.Below(entry.Key) : path, visitor)
                : entry.Value);
        }

        return changes.ToNode();
    }

    private static SequenceNode Items(SequenceNode list, AttributeType items, ModelPath path, Visitor visitor)
    {
        int index = 0;
        bool needsPath = visitor.NeedsPath(items);
        return list.Select(item => Change(item, items, needsPath ? path.Item(index++) : path, visitor));
    }

    private sealed record Visitor(Phases Phases, Func<AttributeType, Node, ModelPath, Node> Before, Func<AttributeType, Node, Node>? After)
    {
        // Only the phases with errors of their own use the path.
        public bool NeedsPath(AttributeType type) => (type.Phases & Phases & (Phases.Check | Phases.Extends)) != 0;
    }
}
