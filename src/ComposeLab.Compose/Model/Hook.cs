using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A command run in a container of the service (<c>post_start</c>, <c>pre_stop</c>), or an init container (<c>pre_start</c>).</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class HookDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The command and its arguments.</summary>
    public IReadOnlyList<string>? Command => field ??= Node.Texts("command");

    /// <summary>The image of an init container; null for the other hooks, and for a service that is built and has no image name.</summary>
    public string? Image => Node.Text("image");

    /// <summary>Whether an init container runs once for each container of the service, and not once for all.</summary>
    public bool PerReplica => Node.Flag("per_replica") ?? false;

    /// <summary>Who runs it.</summary>
    public string? User => Node.Text("user");

    /// <summary>Whether it runs with extended privileges.</summary>
    public bool Privileged => Node.Flag("privileged") ?? false;

    /// <summary>Where it runs.</summary>
    public string? WorkingDir => Node.Text("working_dir");

    /// <summary>Further variables.</summary>
    public IReadOnlyDictionary<string, string?> Environment => field ??= Node.NullableTextMap("environment");
}
