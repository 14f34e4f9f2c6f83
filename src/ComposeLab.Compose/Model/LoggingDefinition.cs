using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>Where logs go (<c>logging</c>).</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class LoggingDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The driver; null: the engine's default.</summary>
    public string? Driver => Node.Text("driver");

    /// <summary>Options for the driver.</summary>
    public IReadOnlyDictionary<string, string> Options => field ??= Node.TextMap("options");
}
