using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Model;

namespace ComposeLab.Engine.Planning;

/// <summary>The services of a stack on the engine and their dependencies: from the files if they are known, otherwise from the labels of the containers.</summary>
/// <param name="projectName">The project's name.</param>
/// <param name="project">The project; null if only the stack is known.</param>
/// <param name="containers">The stack's containers.</param>
/// <param name="withOrphans">Whether services that the project does not define are included.</param>
internal sealed class StackOrder(string projectName, ComposeProject? project, IReadOnlyList<ObservedContainer> containers, bool withOrphans = false)
{
    private readonly ILookup<string, ObservedContainer> _byService =
        containers.OrderBy(container => container.Number).ToLookup(container => container.Service, StringComparer.Ordinal);

    private readonly Dictionary<string, IReadOnlyList<ObservedDependency>> _dependencies = new(StringComparer.Ordinal);

    /// <summary>The names of the services that have containers; of those that the project does not define only if orphans are included.</summary>
    public IReadOnlyList<string> Services => field ??= [.. _byService.Select(group => group.Key).Where(service => withOrphans || IsKnown(service)).Order(StringComparer.Ordinal)];

    /// <summary>The containers of a service, by number.</summary>
    /// <param name="service">The service's name.</param>
    /// <returns>Its containers.</returns>
    public IEnumerable<ObservedContainer> Of(string service) => _byService[service];

    /// <summary>Whether the project defines a service, enabled or disabled; always true if only the stack is known.</summary>
    /// <param name="service">The service's name.</param>
    /// <returns>False for an orphan.</returns>
    public bool IsKnown(string service) =>
        project is null || project.Services.ContainsKey(service) || project.DisabledServices.ContainsKey(service);

    /// <summary>Checks that services exist.</summary>
    /// <param name="names">The services; empty means all.</param>
    /// <returns>Those of them that have containers.</returns>
    /// <exception cref="EngineException">ServiceNotFound.</exception>
    public IReadOnlyList<string> Choose(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return Services;
        }

        HashSet<string> known = [.. Services, .. project?.Services.Keys ?? [], .. project?.DisabledServices.Keys ?? []];
        foreach (string name in names.Where(name => !known.Contains(name)))
        {
            string has = NameList.Of(known.Order(StringComparer.Ordinal), NameList.Many);
            throw new EngineException(
                EngineErrorId.ServiceNotFound,
                $"Service '{name}' not found in stack '{projectName}'. Services: {has}.",
                "Use one of these services.")
            {
                Service = name,
            };
        }

        HashSet<string> chosen = [.. names];
        return [.. Services.Where(chosen.Contains)];
    }

    /// <summary>The dependencies of a service.</summary>
    /// <param name="service">The service's name.</param>
    /// <returns>The dependencies.</returns>
    public IReadOnlyList<ObservedDependency> Dependencies(string service)
    {
        if (!_dependencies.TryGetValue(service, out IReadOnlyList<ObservedDependency>? known))
        {
            _dependencies[service] = known = Read(service);
        }

        return known;
    }

    private IReadOnlyList<ObservedDependency> Read(string service) =>
        project is not null && project.Services.TryGetValue(service, out ServiceDefinition? definition)
            ? [.. definition.DependsOn.Values.Select(dependency => new ObservedDependency(dependency.Service, dependency.Condition, dependency.Restart, dependency.Required))]
            : [.. Of(service).SelectMany(container => container.DependsOn).DistinctBy(dependency => dependency.Service)];

    /// <summary>Sorts services.</summary>
    /// <param name="services">The services.</param>
    /// <returns>Each after those it depends on.</returns>
    public IReadOnlyList<string> DependenciesFirst(IReadOnlyList<string> services)
    {
        HashSet<string> wanted = [.. services];
        return [.. ServiceOrder.DependenciesFirst(services, service => Dependencies(service).Select(dependency => dependency.Service)).Where(wanted.Contains)];
    }
}
