using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A typed, read-only view of a part of the canonical model. Values are read on demand.</summary>
/// <param name="node">The part of the canonical model.</param>
public abstract class Definition(MappingNode node)
{
    /// <summary>The part of the canonical model this definition shows; every value in it knows its origin.</summary>
    public MappingNode Node { get; } = node;

    /// <summary>Where it was written.</summary>
    public Origin Origin => Node.Origin;

    /// <summary>The keys that begin with <c>x-</c>.</summary>
    public IReadOnlyDictionary<string, Node> Extensions => field ??= NodeReading.Extensions(Node);
}
