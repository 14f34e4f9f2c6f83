using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A typed, read-only view of a part of the canonical model. Values are read on demand.</summary>
/// <param name="node">The part of the canonical model.</param>
public abstract class Definition(MappingNode node)
{
    /// <summary>The part of the canonical model that this definition shows. Every value in it has its origin.</summary>
    public MappingNode Node { get; } = node;

    /// <summary>Its position in the Compose files.</summary>
    public Origin Origin => Node.Origin;

    /// <summary>The keys that begin with <c>x-</c>.</summary>
    public IReadOnlyDictionary<string, Node> Extensions => field ??= NodeReading.Extensions(Node);
}
