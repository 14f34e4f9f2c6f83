namespace ComposeLab.Compose.Yaml;

/// <summary>A single value.</summary>
/// <param name="kind">The kind of the value.</param>
/// <param name="text">
/// The value as text in canonical form: <c>true</c>/<c>false</c>, decimal integers, shortest round-trip floats, empty for null.
/// </param>
/// <param name="origin">Where the value was written.</param>
public sealed class ScalarNode(ScalarKind kind, string text, Origin origin) : Node(origin)
{
    /// <summary>The kind of the value.</summary>
    public ScalarKind Kind { get; } = kind;

    /// <summary>The value in canonical form; empty for null.</summary>
    public string Text { get; } = text;

    /// <summary>Whether the value is null.</summary>
    public bool IsNull => Kind == ScalarKind.Null;

    /// <summary>The value as text for attributes that convert any value to text. A date has the format that the reference uses there.</summary>
    internal string AsText => Kind == ScalarKind.Timestamp ? Timestamp.AsText(Text) : Text;

    /// <summary>Creates a text value.</summary>
    /// <param name="text">The text.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <returns>A scalar of kind <see cref="ScalarKind.String"/>.</returns>
    public static ScalarNode String(string text, Origin origin) => new(ScalarKind.String, text, origin);

    /// <summary>Creates a null.</summary>
    /// <param name="origin">Where it comes from.</param>
    /// <returns>A scalar of kind <see cref="ScalarKind.Null"/>.</returns>
    public static ScalarNode Null(Origin origin) => new(ScalarKind.Null, "", origin);

    /// <summary>Creates a boolean.</summary>
    /// <param name="value">The value.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <returns>A scalar of kind <see cref="ScalarKind.Boolean"/>.</returns>
    public static ScalarNode Boolean(bool value, Origin origin) => new(ScalarKind.Boolean, value ? "true" : "false", origin);

    /// <summary>Creates a whole number.</summary>
    /// <param name="value">The value.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <returns>A scalar of kind <see cref="ScalarKind.Integer"/>.</returns>
    public static ScalarNode Integer(long value, Origin origin) =>
        new(ScalarKind.Integer, value.ToString(System.Globalization.CultureInfo.InvariantCulture), origin);

    /// <inheritdoc/>
    public override Node WithOrigin(Origin origin) => new ScalarNode(Kind, Text, origin);

    /// <summary>The value's text.</summary>
    /// <returns><see cref="Text"/>.</returns>
    public override string ToString() => Text;
}

/// <summary>The kind of a scalar after YAML's type resolution and after the casts of interpolation.</summary>
public enum ScalarKind
{
    /// <summary>No value, or <c>~</c> or <c>null</c>.</summary>
    Null,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A whole number, in decimal.</summary>
    Integer,

    /// <summary>A number with a fraction or an exponent.</summary>
    Float,

    /// <summary>A plain date or date and time. No attribute of the specification accepts one.</summary>
    Timestamp,

    /// <summary>Text.</summary>
    String,
}
