using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A Windows group-managed service account (<c>credential_spec</c>).</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class CredentialSpecDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The config that holds it.</summary>
    public string? Config => Node.Text("config");

    /// <summary>The file that holds it.</summary>
    public string? File => Node.Text("file");

    /// <summary>The registry key that holds it.</summary>
    public string? Registry => Node.Text("registry");
}
