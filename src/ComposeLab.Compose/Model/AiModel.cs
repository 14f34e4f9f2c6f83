using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>An AI model of the project (<c>models</c>).</summary>
/// <param name="name">Its key in the project.</param>
/// <param name="node">Its part of the canonical model.</param>
public sealed class ModelDefinition(string name, MappingNode node) : Definition(node)
{
    /// <summary>Its key in the project.</summary>
    public string Key { get; } = name;

    /// <summary>Its name.</summary>
    public string? Name => Node.Text("name");

    /// <summary>The model's reference.</summary>
    public string? Model => Node.Text("model");

    /// <summary>The maximum number of tokens in its context.</summary>
    public long? ContextSize => Node.Integer("context_size");

    /// <summary>Flags for the runtime.</summary>
    public IReadOnlyList<string> RuntimeFlags => field ??= Node.Texts("runtime_flags") ?? [];
}

/// <summary>A service's use of a model (<c>models</c> of a service).</summary>
/// <param name="name">The model's key in the project.</param>
/// <param name="node">Its part of the canonical model.</param>
public sealed class ServiceModelDefinition(string name, MappingNode node) : Definition(node)
{
    /// <summary>The model's key in the project.</summary>
    public string Name { get; } = name;

    /// <summary>The variable that gets the endpoint.</summary>
    public string? EndpointVariable => Node.Text("endpoint_var");

    /// <summary>The variable that gets the model.</summary>
    public string? ModelVariable => Node.Text("model_var");
}
