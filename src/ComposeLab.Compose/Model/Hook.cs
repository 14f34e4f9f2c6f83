using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A command run in a container of the service (<c>post_start</c>, <c>pre_stop</c>), or an init container (<c>pre_start</c>).</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class HookDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The command and its arguments.</summary>
    public IReadOnlyList<string>? Command => field ??= Node.Texts("command");

    /// <summary>The image of an init container. Null for the other hooks, and for a service that is built and has no image name.</summary>
    public string? Image => Node.Text("image");

    /// <summary>Whether an init container runs once for each container of the service instead of once for all of them.</summary>
    public bool PerReplica => Node.Flag("per_replica") ?? false;

    /// <summary>The user that runs it.</summary>
    public string? User => Node.Text("user");

    /// <summary>Whether it runs with extended privileges.</summary>
    public bool Privileged => Node.Flag("privileged") ?? false;

    /// <summary>The working directory.</summary>
    public string? WorkingDir => Node.Text("working_dir");

    /// <summary>Additional environment variables.</summary>
    public IReadOnlyDictionary<string, string?> Environment => field ??= Node.NullableTextMap("environment");
}
