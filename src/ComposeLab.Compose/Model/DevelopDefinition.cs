using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>What happens while developing (<c>develop</c>).</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class DevelopDefinition(MappingNode node) : Definition(node)
{
    /// <summary>Files to watch.</summary>
    public IReadOnlyList<WatchDefinition> Watch => field ??= Node.Children("watch", node => new WatchDefinition(node));
}
