using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A volume of the project (<c>volumes</c>).</summary>
/// <param name="name">Its key in the project.</param>
/// <param name="node">Its part of the canonical model.</param>
public sealed class VolumeDefinition(string name, MappingNode node) : Definition(node)
{
    /// <summary>Its key in the project.</summary>
    public string Key { get; } = name;

    /// <summary>Its name on the engine.</summary>
    public string? Name => Node.Text("name");

    /// <summary>The driver. Null means the engine's default.</summary>
    public string? Driver => Node.Text("driver");

    /// <summary>Options for the driver.</summary>
    public IReadOnlyDictionary<string, string> DriverOpts => field ??= Node.TextMap("driver_opts");

    /// <summary>Whether it is external: it must already exist and is never removed.</summary>
    public bool External => Node.Flag("external") ?? false;

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels => field ??= Node.TextMap("labels");
}
