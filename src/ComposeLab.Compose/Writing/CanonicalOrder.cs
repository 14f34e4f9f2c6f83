using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Writing;

/// <summary>
/// Brings a normalised tree into printing order: fields in the order of their structure, free keys as a person sorts them, extensions last; fields that
/// were not given, or hold the value they would have anyway, are left out, and so are keys that a structure does not know: the reference drops them.
/// </summary>
internal static class CanonicalOrder
{
    private const string ExtensionPrefix = "x-";

    /// <summary>Orders a value.</summary>
    /// <param name="node">The value.</param>
    /// <param name="shape">Its shape; null for free content, whose keys are sorted.</param>
    public static Node Of(Node node, Shape? shape) => node switch
    {
        SequenceNode list => list.Select(item => Of(item, shape)),
        MappingNode map when shape is null => Sorted(map, null),
        MappingNode map when shape.Values is { } values => Sorted(map, values),
        MappingNode map => Structured(map, shape),
        _ => node,
    };

    private static MappingNode Sorted(MappingNode map, Shape? values) => new(
        map.Entries.OrderBy(entry => entry.Key, NaturalOrder.Instance).Select(entry => entry with { Value = Of(entry.Value, values) }), map.Origin);

    private static MappingNode Structured(MappingNode map, Shape shape)
    {
        var fields = new MappingEntry?[shape.Fields.Count];
        var extensions = new List<MappingEntry>();
        foreach (var entry in map.Entries)
        {
            if (shape.Position(entry.Key) is not { } position)
            {
                if (shape.KeepsExtensions && entry.Key.StartsWith(ExtensionPrefix, StringComparison.Ordinal))
                {
                    extensions.Add(entry with { Value = Of(entry.Value, null) });
                }
            }
            else if (shape.Fields[position] is var field && (field.KeepsZero ? entry.Value is not ScalarNode { IsNull: true } : !IsZero(entry.Value)))
            {
                fields[position] = entry with { Value = Of(entry.Value, field.Shape) };
            }
        }

        for (int position = 0; position < fields.Length; position++)
        {
            if (fields[position] is null && shape.Fields[position].WhenAbsent is { } absent)
            {
                fields[position] = new MappingEntry(shape.Fields[position].Name, absent, absent.Origin);
            }
        }

        extensions.Sort((left, right) => NaturalOrder.Instance.Compare(left.Key, right.Key));
        return new MappingNode(fields.OfType<MappingEntry>().Concat(extensions), map.Origin);
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
