namespace ComposeLab.Compose.Writing;

/// <summary>How one kind of value is printed: a structure with ordered fields, or a map of values of one shape.</summary>
internal sealed class Shape
{
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

    private Shape(IReadOnlyList<Field> fields, Shape? values)
    {
        Fields = fields;
        Values = values;
        for (var position = 0; position < fields.Count; position++)
        {
            _positions[fields[position].Name] = position;
        }
    }

    /// <summary>The fields in printing order; empty for a map.</summary>
    public IReadOnlyList<Field> Fields { get; }

    /// <summary>The shape of a map's values; null for a structure.</summary>
    public Shape? Values { get; }

    /// <summary>Whether a structure keeps extensions; the reference loses them in a few.</summary>
    public bool KeepsExtensions { get; private init; } = true;

    /// <summary>A structure.</summary>
    /// <param name="fields">Its fields in printing order.</param>
    public static Shape Of(params Field[] fields) => new(fields, null);

    /// <summary>A structure that keeps nothing but its fields.</summary>
    /// <param name="fields">Its fields in printing order.</param>
    public static Shape Closed(params Field[] fields) => new(fields, null) { KeepsExtensions = false };

    /// <summary>A map with free keys.</summary>
    /// <param name="values">The shape of each value.</param>
    public static Shape MapOf(Shape values) => new([], values);

    /// <summary>A structure with another shape of one field.</summary>
    /// <param name="name">The field.</param>
    /// <param name="shape">The field's shape.</param>
    public Shape With(string name, Shape shape) => new([.. Fields.Select(field => field.Name == name ? field with { Shape = shape } : field)], Values) { KeepsExtensions = KeepsExtensions };

    /// <summary>The printing position of a key; null for a key that is no field.</summary>
    /// <param name="key">The key.</param>
    public int? Position(string key) => _positions.TryGetValue(key, out var position) ? position : null;
}
