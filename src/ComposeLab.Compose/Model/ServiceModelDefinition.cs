using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A service's use of a model (<c>models</c> of a service).</summary>
/// <param name="name">The model's key in the project.</param>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class ServiceModelDefinition(string name, MappingNode node) : Definition(node)
{
    /// <summary>The model's key in the project.</summary>
    public string Name { get; } = name;

    /// <summary>The variable that gets the endpoint.</summary>
    public string? EndpointVariable => Node.Text("endpoint_var");

    /// <summary>The variable that gets the model.</summary>
    public string? ModelVariable => Node.Text("model_var");
}
