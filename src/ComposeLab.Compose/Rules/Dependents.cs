using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Rules;

/// <summary>Which services wait for which, looked up once for all rules: a project may have thousands of services, or dependencies from each to each.</summary>
/// <param name="project">The project.</param>
internal sealed class Dependents(ComposeProject project)
{
    private static readonly string[] Implying = ["links", "volumes_from", "network_mode", "ipc", "pid", "uts", "cgroup"];

    private readonly ILookup<string, Dependent> _of = project.Services.Values.SelectMany(Dependencies).ToLookup(dependent => dependent.Name, StringComparer.Ordinal);

    /// <summary>The services that start when a service is ready, as written in their <c>depends_on</c>.</summary>
    /// <param name="service">The service.</param>
    public IEnumerable<Dependent> WaitingFor(ServiceDefinition service) =>
        _of[service.Name].Where(dependent => dependent.Dependency.Condition != DependencyCondition.ServiceCompletedSuccessfully && !dependent.IsImplied);

    /// <summary>Whether others wait until a service has ended well: a migration, a set-up.</summary>
    /// <param name="service">The service.</param>
    public bool RunsOnce(ServiceDefinition service) =>
        _of[service.Name].Any(dependent => dependent.Dependency.Condition == DependencyCondition.ServiceCompletedSuccessfully);

    /// <summary>What a service waits for.</summary>
    /// <param name="service">The service.</param>
    public static IEnumerable<Dependent> Dependencies(ServiceDefinition service)
    {
        // Links and shared namespaces imply a dependency that was not written: only its start order was meant.
        HashSet<Origin> implying =
        [
            .. Implying.SelectMany(attribute => service.Node[attribute] is SequenceNode list ? list.Items : service.Node[attribute] is { } value ? [value] : [])
                .Select(value => value.Origin),
        ];
        return service.DependsOn.Select(entry => new Dependent(entry.Key, service, entry.Value, implying.Contains(entry.Value.Origin)));
    }
}

/// <summary>A service that waits for another one.</summary>
/// <param name="Name">The service waited for.</param>
/// <param name="Service">The one that waits.</param>
/// <param name="Dependency">What it waits for.</param>
/// <param name="IsImplied">Whether another attribute implies the dependency.</param>
internal sealed record Dependent(string Name, ServiceDefinition Service, DependencyDefinition Dependency, bool IsImplied);
