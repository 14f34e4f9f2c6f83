using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A command run in a container at a point of its life (<c>post_start</c>, <c>pre_stop</c>).</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class HookDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The command and its arguments.</summary>
    public IReadOnlyList<string>? Command => field ??= Node.Texts("command");

    /// <summary>Who runs it.</summary>
    public string? User => Node.Text("user");

    /// <summary>Whether it runs with extended privileges.</summary>
    public bool Privileged => Node.Flag("privileged") ?? false;

    /// <summary>Where it runs.</summary>
    public string? WorkingDir => Node.Text("working_dir");

    /// <summary>Further variables.</summary>
    public IReadOnlyDictionary<string, string?> Environment => field ??= Node.NullableTextMap("environment");
}
