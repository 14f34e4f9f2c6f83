using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Writing;

/// <summary>One field of a structure.</summary>
/// <param name="Name">The key.</param>
internal sealed record Field(string Name)
{
    /// <summary>The shape of the value, or of each item where the value is a list; null for scalars and free content.</summary>
    public Shape? Shape { get; init; }

    /// <summary>Whether zero, false and empty are printed: the field tells "not given" from "given as nothing".</summary>
    public bool KeepsZero { get; init; }

    /// <summary>Whether JSON prints the field as null when nobody gave it.</summary>
    public bool AlwaysInJson { get; init; }

    /// <summary>The key in JSON where it differs; null where it does not.</summary>
    public string? JsonName { get; init; }

    /// <summary>Whether JSON prints the structure even when nothing is in it.</summary>
    public bool EmptyInJson { get; init; }

    /// <summary>Whether JSON leaves zero out although YAML prints it.</summary>
    public bool ZeroInYamlOnly { get; init; }

    /// <summary>What is printed when nobody gave the field; null: nothing.</summary>
    public ScalarNode? WhenAbsent { get; init; }

    /// <summary>A plain field.</summary>
    /// <param name="name">The key.</param>
    public static implicit operator Field(string name) => new(name);

    /// <summary>A field with a shape that is printed even when empty.</summary>
    /// <param name="name">The key.</param>
    /// <param name="shape">The shape of its value.</param>
    public static Field Structure(string name, Shape shape) => new(name) { Shape = shape, KeepsZero = true };

    /// <summary>A list or map of structures, left out when empty.</summary>
    /// <param name="name">The key.</param>
    /// <param name="shape">The shape of the items, or of the map.</param>
    public static Field Many(string name, Shape shape) => new(name) { Shape = shape };

    /// <summary>A structure that YAML leaves out when empty and JSON does not.</summary>
    /// <param name="name">The key.</param>
    /// <param name="shape">The shape of its value.</param>
    public static Field Embedded(string name, Shape shape) => new(name) { Shape = shape, EmptyInJson = true };

    /// <summary>A field that is always printed, and that JSON spells in another way.</summary>
    /// <param name="name">The key in YAML.</param>
    /// <param name="jsonName">The key in JSON.</param>
    /// <param name="whenAbsent">What is printed when nobody gave it.</param>
    public static Field Always(string name, string jsonName, ScalarNode whenAbsent) => new(name) { JsonName = jsonName, KeepsZero = true, WhenAbsent = whenAbsent };

    /// <summary>A field that is always printed.</summary>
    /// <param name="name">The key.</param>
    /// <param name="whenAbsent">What is printed when nobody gave it.</param>
    public static Field Always(string name, ScalarNode whenAbsent) => new(name) { KeepsZero = true, WhenAbsent = whenAbsent };

    /// <summary>A scalar for which zero is a value.</summary>
    /// <param name="name">The key.</param>
    public static Field Optional(string name) => new(name) { KeepsZero = true };

    /// <summary>A number for which zero is a value to YAML only.</summary>
    /// <param name="name">The key.</param>
    public static Field YamlNumber(string name) => new(name) { KeepsZero = true, ZeroInYamlOnly = true };

    /// <summary>A command line: an empty one clears what the image has, so it is printed; JSON prints null for none.</summary>
    /// <param name="name">The key.</param>
    public static Field Command(string name) => new(name) { KeepsZero = true, AlwaysInJson = true };
}
