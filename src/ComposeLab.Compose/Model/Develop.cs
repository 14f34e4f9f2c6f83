using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>Development settings (<c>develop</c>).</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class DevelopDefinition(MappingNode node) : Definition(node)
{
    /// <summary>Files to watch.</summary>
    public IReadOnlyList<WatchDefinition> Watch => field ??= Node.Children("watch", node => new WatchDefinition(node));
}

/// <summary>A path to watch for changes (<c>develop.watch</c>).</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class WatchDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The host's path (absolute).</summary>
    public string? Path => Node.Text("path");

    /// <summary><c>sync</c>, <c>rebuild</c>, <c>restart</c>, <c>sync+restart</c> or <c>sync+exec</c>.</summary>
    public string? Action => Node.Text("action");

    /// <summary>The path in the container to copy files to.</summary>
    public string? Target => Node.Text("target");

    /// <summary>The command to run after a copy.</summary>
    public HookDefinition? Exec => field ??= Node.Child("exec", node => new HookDefinition(node));

    /// <summary>Patterns of files to watch.</summary>
    public IReadOnlyList<string> Include => field ??= Node.Texts("include") ?? [];

    /// <summary>Patterns of files to ignore.</summary>
    public IReadOnlyList<string> Ignore => field ??= Node.Texts("ignore") ?? [];

    /// <summary>Whether to copy files at the start.</summary>
    public bool InitialSync => Node.Flag("initial_sync") ?? false;
}
