using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A countable resource.</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class DiscreteResourceDefinition(MappingNode node) : Definition(node)
{
    /// <summary>What it is called.</summary>
    public string? Kind => Node.Text("kind");

    /// <summary>How many.</summary>
    public long? Value => Node.Integer("value");
}
