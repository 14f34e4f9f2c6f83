using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A dependency of a service (<c>depends_on</c>).</summary>
/// <param name="name">The service it depends on.</param>
/// <param name="node">Its part of the canonical model.</param>
public sealed class DependencyDefinition(string name, MappingNode node) : Definition(node)
{
    /// <summary>The service it depends on.</summary>
    public string Service { get; } = name;

    /// <summary>The condition for starting the dependent service.</summary>
    public DependencyCondition Condition => DependencyConditionWords.Parse(Node.Text("condition"));

    /// <summary>Whether the dependent service restarts when this service is recreated.</summary>
    public bool Restart => Node.Flag("restart") ?? false;

    /// <summary>Whether a missing service is an error.</summary>
    public bool Required => Node.Flag("required") ?? false;
}

/// <summary>The condition for starting a dependent service.</summary>
public enum DependencyCondition
{
    /// <summary>Its containers are running (<c>service_started</c>, the default).</summary>
    ServiceStarted,

    /// <summary>Its containers are healthy (<c>service_healthy</c>).</summary>
    ServiceHealthy,

    /// <summary>Its containers ended with exit code 0 (<c>service_completed_successfully</c>).</summary>
    ServiceCompletedSuccessfully,
}

/// <summary>The Compose names of <see cref="DependencyCondition"/>.</summary>
internal static class DependencyConditionWords
{
    public static DependencyCondition Parse(string? word) => word switch
    {
        "service_healthy" => DependencyCondition.ServiceHealthy,
        "service_completed_successfully" => DependencyCondition.ServiceCompletedSuccessfully,
        _ => DependencyCondition.ServiceStarted,
    };
}
