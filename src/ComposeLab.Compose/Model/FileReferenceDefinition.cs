using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A service's use of a secret or config.</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class FileReferenceDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The key of the secret or config.</summary>
    public string? Source => Node.Text("source");

    /// <summary>The path in the container, or the file name below <c>/run/secrets</c>.</summary>
    public string? Target => Node.Text("target");

    /// <summary>The owner.</summary>
    public string? Uid => Node.Text("uid");

    /// <summary>The group.</summary>
    public string? Gid => Node.Text("gid");

    /// <summary>The file mode, in octal with a leading 0.</summary>
    public string? Mode => Node.Text("mode");
}
