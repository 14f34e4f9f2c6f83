using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Writing;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Canonical;

/// <summary>
/// Converts a normalized model to canonical form: every value has the type and format of its attribute; attributes in the order of their table, free
/// keys in natural order, extensions last. Attributes that were not given or have their default value are omitted, and so are keys
/// that the table does not print: the reference drops them.
/// </summary>
internal static class CanonicalModel
{
    private const string ExtensionPrefix = "x-";

    /// <summary>Creates the canonical form.</summary>
    /// <param name="model">The normalized model.</param>
    /// <returns>The canonical model.</returns>
    /// <exception cref="ComposeException">A value does not match its attribute.</exception>
    public static MappingNode Of(MappingNode model) => (MappingNode)Value(
        model["services"] is MappingNode ? model : model.With("services", new MappingNode([], Origin.Default)), ProjectAttributes.Type, ModelPath.Root, convert: true)!;

    /// <summary>Sorts the attributes of a service in printing order.</summary>
    /// <param name="service">A service whose values are in canonical form.</param>
    /// <returns>The ordered service.</returns>
    public static MappingNode Order(MappingNode service) => (MappingNode)Value(service, ServiceAttributes.Type, ModelPath.Root, convert: false)!;

    /// <summary>Orders the keys of a model that was not interpolated: every mapping by its keys.</summary>
    /// <param name="model">The normalized model.</param>
    /// <returns>The ordered model.</returns>
    public static MappingNode Plain(MappingNode model) => (MappingNode)Value(model, null, ModelPath.Root, convert: false)!;

    private static Node? Value(Node node, AttributeType? type, ModelPath path, bool convert)
    {
        if (convert && type?.Canonical is { } canonical)
        {
            return node is ScalarNode { IsNull: true } || Converted(node, canonical, path) is not { } converted ? null : Value(converted, type, path, convert: false);
        }

        switch (node)
        {
            case MappingNode map when type?.Attributes is not null:
                return Attributes(map, type, path, convert);
            case MappingNode map:
                return Sorted(map, type?.Values, path, convert);
            case SequenceNode list when type?.Items is { } items:
                int index = 0;
                return list.Select(item => item is ScalarNode && items.Canonical is null ? item : Value(item, items, path.Item(index++), convert) ?? item);
            case SequenceNode list:
                return list.Select(item => Value(item, null, path, convert));
            default:
                return node;
        }
    }

    private static Node? Converted(Node node, Func<Node, Node?> canonical, ModelPath path)
    {
        try
        {
            return canonical(node);
        }
        catch (InvalidValueException invalid)
        {
            string place = path.ToString();
            throw ComposeException.At(
                ComposeErrorId.ComposeFileInvalid,
                $"Expected {place} to be {invalid.Expected}, found {invalid.Found}.",
                $"Set {(path.Key.Length > 0 ? path.Key : place)} to {invalid.Expected}, or remove it.",
                node.Origin,
                place,
                invalid);
        }
    }

    private static MappingNode Sorted(MappingNode map, AttributeType? values, ModelPath path, bool convert)
    {
        var changes = new EntryChanges(map);
        foreach (MappingEntry entry in map.Span)
        {
            changes.Add(entry, entry.Value is ScalarNode && values?.Canonical is null ? entry.Value : Value(entry.Value, values, values is null ? path : path.Below(entry.Key), convert));
        }

        MappingNode changed = changes.ToNode();
        for (int index = 1; index < changed.Count; index++)
        {
            if (NaturalOrder.Instance.Compare(changed.Span[index - 1].Key, changed.Span[index].Key) > 0)
            {
                return MappingNode.Of(changed.Entries.OrderBy(entry => entry.Key, NaturalOrder.Instance).ToArray(), map.Origin);
            }
        }

        return changed;
    }

    private static MappingNode Attributes(MappingNode map, AttributeType type, ModelPath path, bool convert)
    {
        IReadOnlyList<AttributeRow> rows = type.Printed;
        var given = new List<(int Position, MappingEntry Entry)>(map.Count);
        bool isSame = type.WhenAbsent.Count == 0;
        foreach (MappingEntry entry in map.Span)
        {
            int position = type.Position(entry.Key);
            Node? value = null;
            if (position >= 0)
            {
                AttributeType below = rows[position].Type;
                value = entry.Value is ScalarNode && (!convert || below.Canonical is null) ? entry.Value : Value(entry.Value, below, path.Below(entry.Key), convert);
                value = value is not null && (below.Print.KeepsZero ? value is not ScalarNode { IsNull: true } : !IsZero(value)) ? value : null;
            }
            else if (type.PrintsExtensions && entry.Key.StartsWith(ExtensionPrefix, StringComparison.Ordinal))
            {
                position = int.MaxValue;
                value = Value(entry.Value, null, path, convert);
            }

            isSame &= ReferenceEquals(value, entry.Value) && position != int.MaxValue && (given.Count == 0 || given[^1].Position < position);
            if (value is not null)
            {
                given.Add((position, ReferenceEquals(value, entry.Value) ? entry : new MappingEntry(entry.Key, value, entry.KeyOrigin)));
            }
        }

        if (isSame)
        {
            return map;
        }

        foreach (AttributeRow absent in type.WhenAbsent)
        {
            int position = type.Position(absent.Name);
            if (!given.Exists(known => known.Position == position))
            {
                given.Add((position, new MappingEntry(absent.Name, absent.Type.Print.WhenAbsent!, absent.Type.Print.WhenAbsent!.Origin)));
            }
        }

        given.Sort(static (left, right) => left.Position != right.Position ? left.Position.CompareTo(right.Position) : NaturalOrder.Instance.Compare(left.Entry.Key, right.Entry.Key));
        var entries = new MappingEntry[given.Count];
        for (int index = 0; index < entries.Length; index++)
        {
            entries[index] = given[index].Entry;
        }

        return MappingNode.Of(entries, map.Origin);
    }

    private static bool IsZero(Node node) => node switch
    {
        MappingNode map => map.Count == 0,
        SequenceNode list => list.Count == 0,
        ScalarNode scalar => scalar.Kind switch
        {
            ScalarKind.Null => true,
            ScalarKind.Boolean => scalar.Text == "false",
            ScalarKind.Integer or ScalarKind.Float => scalar.Text is "0" or "-0",
            _ => scalar.Text.Length == 0,
        },
        _ => false,
    };
}
