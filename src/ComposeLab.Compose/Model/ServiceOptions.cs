using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A Windows group-managed service account (<c>credential_spec</c>).</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class CredentialSpecDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The config that contains it.</summary>
    public string? Config => Node.Text("config");

    /// <summary>The file that contains it.</summary>
    public string? File => Node.Text("file");

    /// <summary>The registry key that contains it.</summary>
    public string? Registry => Node.Text("registry");
}

/// <summary>Logging settings (<c>logging</c>).</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class LoggingDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The driver. Null means the engine's default.</summary>
    public string? Driver => Node.Text("driver");

    /// <summary>Options for the driver.</summary>
    public IReadOnlyDictionary<string, string> Options => field ??= Node.TextMap("options");
}

/// <summary>A program outside the engine that provides a service (<c>provider</c>).</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class ProviderDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The program.</summary>
    public string? Type => Node.Text("type");

    /// <summary>The options for the program, each with one or more values.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Options => field ??= (Node["options"] as MappingNode)?.Entries
        .ToDictionary(entry => entry.Key, IReadOnlyList<string> (entry) => Values(entry.Value), StringComparer.Ordinal) ?? [];

    private static string[] Values(Node value) => value switch
    {
        SequenceNode list => [.. list.Items.OfType<ScalarNode>().Select(item => item.Text)],
        ScalarNode { IsNull: false } scalar => [scalar.Text],
        _ => [],
    };
}

/// <summary>A process limit (<c>ulimits</c>).</summary>
/// <param name="name">The limit, such as <c>nofile</c>.</param>
/// <param name="node">Its part of the canonical model.</param>
public sealed class UlimitDefinition(string name, MappingNode node) : Definition(node)
{
    /// <summary>The limit, such as <c>nofile</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The value of both limits. Null if they differ.</summary>
    public long? Single => Node.Integer("single");

    /// <summary>The soft limit, which applies.</summary>
    public long? Soft => Node.Integer("soft");

    /// <summary>The hard limit: the highest value for the soft limit.</summary>
    public long? Hard => Node.Integer("hard");
}
