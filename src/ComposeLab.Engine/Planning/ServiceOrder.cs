using ComposeLab.Compose.Model;

namespace ComposeLab.Engine.Planning;

/// <summary>Sorts services by their dependencies.</summary>
internal static class ServiceOrder
{
    /// <summary>Selects services with all their dependencies.</summary>
    /// <param name="project">The project.</param>
    /// <param name="names">The services; empty for all.</param>
    /// <returns>Each after those it depends on.</returns>
    /// <exception cref="EngineException">ServiceNotFound.</exception>
    public static IReadOnlyList<ServiceDefinition> Of(ComposeProject project, IReadOnlyList<string> names)
    {
        var ordered = new List<ServiceDefinition>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in names.Count == 0 ? project.Services.Keys : names)
        {
            Require(project, name);
            Visit(name);
        }

        return ordered;

        void Visit(string name)
        {
            if (!project.Services.TryGetValue(name, out ServiceDefinition? service) || !seen.Add(name))
            {
                return;
            }

            foreach (string dependency in service.DependsOn.Keys)
            {
                Visit(dependency);
            }

            ordered.Add(service);
        }
    }

    /// <summary>Checks that a project defines a service.</summary>
    /// <param name="project">The project.</param>
    /// <param name="name">The service's name.</param>
    /// <exception cref="EngineException">ServiceNotFound.</exception>
    public static void Require(ComposeProject project, string name)
    {
        if (!project.Services.ContainsKey(name))
        {
            string services = project.Services.Count == 0 ? "(none)" : string.Join(", ", project.Services.Keys);
            throw new EngineException(
                EngineErrorId.ServiceNotFound,
                $"Service '{name}' not found in project '{project.Name}'. Services: {services}.",
                "Use one of these services.")
            {
                Service = name,
            };
        }
    }
}
