using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>Options of a tmpfs mount.</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class TmpfsOptionsDefinition(MappingNode node) : Definition(node)
{
    /// <summary>Size, in bytes.</summary>
    public long? Size => Node.Bytes("size");

    /// <summary>File mode, as a number.</summary>
    public long? Mode => Node.Integer("mode");
}
