using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Specification;

/// <summary>The print style of a value.</summary>
internal sealed record PrintStyle
{
    /// <summary>Omitted when it is zero, false or empty.</summary>
    public static PrintStyle Plain { get; } = new();

    /// <summary>Printed whenever it was given, even if empty.</summary>
    public static PrintStyle Given { get; } = new() { KeepsZero = true };

    /// <summary>A mapping that YAML omits when it is empty but JSON does not.</summary>
    public static PrintStyle Embedded { get; } = new() { EmptyInJson = true };

    /// <summary>A command: printed whenever it was given; JSON has <c>null</c> when it was not.</summary>
    public static PrintStyle Command { get; } = new() { KeepsZero = true, NullInJson = true };

    /// <summary>A number whose zero only YAML prints.</summary>
    public static PrintStyle ZeroInYaml { get; } = new() { KeepsZero = true, ZeroInYamlOnly = true };

    /// <summary>True by default. It is printed only when it is false.</summary>
    public static PrintStyle OnlyFalse { get; } = new() { KeepsZero = true, OmitsTrue = true };

    /// <summary>Whether <c>true</c> is omitted when the project is printed.</summary>
    public bool OmitsTrue { get; init; }

    /// <summary>Whether zero, false and empty are printed.</summary>
    public bool KeepsZero { get; init; }

    /// <summary>Whether JSON prints <c>null</c> when the attribute was not given.</summary>
    public bool NullInJson { get; init; }

    /// <summary>Whether JSON prints the mapping when it is empty.</summary>
    public bool EmptyInJson { get; init; }

    /// <summary>Whether JSON omits zero although YAML prints it.</summary>
    public bool ZeroInYamlOnly { get; init; }

    /// <summary>The key in JSON if it is different; otherwise null.</summary>
    public string? JsonName { get; init; }

    /// <summary>The text printed when the attribute was not given; null means none.</summary>
    public ScalarNode? WhenAbsent { get; init; }

    /// <summary>Always printed.</summary>
    /// <param name="whenAbsent">The text printed when the attribute was not given.</param>
    /// <param name="jsonName">The key in JSON; null means the same.</param>
    public static PrintStyle Always(ScalarNode whenAbsent, string? jsonName = null) => new() { KeepsZero = true, WhenAbsent = whenAbsent, JsonName = jsonName };
}
