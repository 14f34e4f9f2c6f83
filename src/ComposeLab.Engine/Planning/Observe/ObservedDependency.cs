using ComposeLab.Compose.Model;

namespace ComposeLab.Engine.Planning;

/// <summary>Something a service waits for before it starts.</summary>
/// <param name="Service">The service waited for.</param>
/// <param name="Condition">What it must be.</param>
/// <param name="Restart">Whether the one who waits is restarted with it.</param>
/// <param name="Required">Whether it is an error when it does not come true.</param>
public sealed record ObservedDependency(string Service, DependencyCondition Condition, bool Restart, bool Required)
{
    /// <summary>Reads the note that a container's maker left.</summary>
    /// <param name="entry"><c>db:service_healthy:false</c>; older notes have the name alone.</param>
    /// <returns>The dependency.</returns>
    public static ObservedDependency Parse(string entry)
    {
        string[] parts = (entry ?? "").Split(':');
        DependencyCondition condition = parts.ElementAtOrDefault(1) switch
        {
            "service_healthy" => DependencyCondition.ServiceHealthy,
            "service_completed_successfully" => DependencyCondition.ServiceCompletedSuccessfully,
            _ => DependencyCondition.ServiceStarted,
        };
        return new ObservedDependency(parts[0], condition, parts.ElementAtOrDefault(2) == "true", Required: true);
    }
}
