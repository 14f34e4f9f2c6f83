using ComposeLab.Compose.Diagnostics;
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
        foreach (string name in names)
        {
            Require(project, name);
        }

        return
        [
            .. DependenciesFirst(
                names.Count == 0 ? project.Services.Keys : names,
                name => project.Services.TryGetValue(name, out ServiceDefinition? service) ? service.DependsOn.Keys : [])
                .Where(project.Services.ContainsKey)
                .Select(name => project.Services[name]),
        ];
    }

    /// <summary>Visits names and everything they depend on.</summary>
    /// <param name="names">The names to begin with.</param>
    /// <param name="dependencies">What a name depends on.</param>
    /// <returns>Each name once, after those it depends on.</returns>
    public static IReadOnlyList<string> DependenciesFirst(IEnumerable<string> names, Func<string, IEnumerable<string>> dependencies)
    {
        List<string> ordered = [];
        HashSet<string> seen = new(StringComparer.Ordinal);

        // A stack of its own: a chain of services may be longer than the thread's stack.
        Stack<(string Name, IEnumerator<string> Remaining)> pending = new();
        foreach (string start in names)
        {
            Enter(start);
            while (pending.TryPeek(out var current))
            {
                if (current.Remaining.MoveNext())
                {
                    Enter(current.Remaining.Current);
                }
                else
                {
                    pending.Pop();
                    current.Remaining.Dispose();
                    ordered.Add(current.Name);
                }
            }
        }

        return ordered;

        void Enter(string name)
        {
            if (seen.Add(name))
            {
                pending.Push((name, dependencies(name).GetEnumerator()));
            }
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
            string services = NameList.Of(project.Services.Keys, NameList.Many);
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
