using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>What a service waits for (<c>depends_on</c>).</summary>
/// <param name="name">The service waited for.</param>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class DependencyDefinition(string name, MappingNode node) : Definition(node)
{
    /// <summary>The service waited for.</summary>
    public string Service { get; } = name;

    /// <summary>What must hold before the dependent starts.</summary>
    public DependencyCondition Condition => DependencyConditionWords.Parse(Node.Text("condition"));

    /// <summary>Whether the dependent restarts when this service is recreated.</summary>
    public bool Restart => Node.Flag("restart") ?? false;

    /// <summary>Whether a missing service is an error.</summary>
    public bool Required => Node.Flag("required") ?? false;
}
