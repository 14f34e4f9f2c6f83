using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A process limit (<c>ulimits</c>).</summary>
/// <param name="name">The limit, such as <c>nofile</c>.</param>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class UlimitDefinition(string name, MappingNode node) : Definition(node)
{
    /// <summary>The limit, such as <c>nofile</c>.</summary>
    public string Name { get; } = name;

    /// <summary>One number for both limits; null when they differ.</summary>
    public long? Single => Node.Integer("single");

    /// <summary>The limit that applies.</summary>
    public long? Soft => Node.Integer("soft");

    /// <summary>How far the soft limit may be raised.</summary>
    public long? Hard => Node.Integer("hard");
}
