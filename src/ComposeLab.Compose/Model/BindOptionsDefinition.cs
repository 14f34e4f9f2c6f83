using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>Options of a bind mount.</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class BindOptionsDefinition(MappingNode node) : Definition(node)
{
    /// <summary><c>z</c> (shared) or <c>Z</c> (private) relabeling.</summary>
    public string? Selinux => Node.Text("selinux");

    /// <summary>How mounts below it propagate.</summary>
    public string? Propagation => Node.Text("propagation");

    /// <summary>Whether a missing source is created.</summary>
    public bool CreateHostPath => Node.Flag("create_host_path") ?? true;

    /// <summary>Whether submounts are mounted too.</summary>
    public string? Recursive => Node.Text("recursive");
}
