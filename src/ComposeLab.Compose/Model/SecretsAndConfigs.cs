using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A secret of the project (<c>secrets</c>). Its content is never printed.</summary>
/// <param name="name">Its key in the project.</param>
/// <param name="node">Its part of the canonical model.</param>
public sealed class SecretDefinition(string name, MappingNode node) : Definition(node)
{
    /// <summary>Its key in the project.</summary>
    public string Key { get; } = name;

    /// <summary>Its name on the engine.</summary>
    public string? Name => Node.Text("name");

    /// <summary>The host file (absolute) with the content.</summary>
    public string? File => Node.Text("file");

    /// <summary>The variable with the content.</summary>
    public string? Environment => Node.Text("environment");

    /// <summary>Whether it is external: it must already exist.</summary>
    public bool External => Node.Flag("external") ?? false;

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels => field ??= Node.TextMap("labels");

    /// <summary>The driver.</summary>
    public string? Driver => Node.Text("driver");

    /// <summary>Options for the driver.</summary>
    public IReadOnlyDictionary<string, string> DriverOpts => field ??= Node.TextMap("driver_opts");

    /// <summary>The driver that expands templates in the content.</summary>
    public string? TemplateDriver => Node.Text("template_driver");

    /// <summary>The content, if <see cref="Environment"/> names a variable that is set. Never print it.</summary>
    public string? Content { get; init; }
}

/// <summary>A configuration file of the project (<c>configs</c>).</summary>
/// <param name="name">Its key in the project.</param>
/// <param name="node">Its part of the canonical model.</param>
public sealed class ConfigDefinition(string name, MappingNode node) : Definition(node)
{
    /// <summary>Its key in the project.</summary>
    public string Key { get; } = name;

    /// <summary>Its name on the engine.</summary>
    public string? Name => Node.Text("name");

    /// <summary>The host file (absolute) with the content.</summary>
    public string? File => Node.Text("file");

    /// <summary>The variable with the content.</summary>
    public string? Environment => Node.Text("environment");

    /// <summary>The content itself.</summary>
    public string? Content => Node.Text("content");

    /// <summary>Whether it is external: it must already exist.</summary>
    public bool External => Node.Flag("external") ?? false;

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels => field ??= Node.TextMap("labels");

    /// <summary>The driver.</summary>
    public string? Driver => Node.Text("driver");

    /// <summary>Options for the driver.</summary>
    public IReadOnlyDictionary<string, string> DriverOpts => field ??= Node.TextMap("driver_opts");

    /// <summary>The driver that expands templates in the content.</summary>
    public string? TemplateDriver => Node.Text("template_driver");
}

/// <summary>A service's use of a secret or config.</summary>
/// <param name="node">Its part of the canonical model.</param>
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
