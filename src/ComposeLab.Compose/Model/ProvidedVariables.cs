using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>The variables that a provider service hands to the services that depend on it.</summary>
/// <param name="Prefixed">Variables whose names get the name of the provider service as a prefix.</param>
/// <param name="Raw">Variables whose names are kept.</param>
public sealed record ProvidedVariables(IReadOnlyDictionary<string, string> Prefixed, IReadOnlyDictionary<string, string> Raw)
{
    /// <summary>Sets the variables in the environment of the services that depend on providers.</summary>
    /// <param name="project">The project.</param>
    /// <param name="provided">The variables by provider service.</param>
    /// <returns>The project with these variables, and the values of the project that they replace.</returns>
    public static (ComposeProject Project, IReadOnlyList<ReplacedVariable> Replaced) Apply(
        ComposeProject project, IReadOnlyDictionary<string, ProvidedVariables> provided)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(provided);
        var replaced = new List<ReplacedVariable>();
        if (provided.Count == 0 || project.Tree["services"] is not MappingNode services)
        {
            return (project, replaced);
        }

        MappingNode changed = services.Select(entry => entry.Value is MappingNode service
            ? WithVariables(entry.Key, service, (service["depends_on"] as MappingNode)?.Entries.Select(dependency => dependency.Key).Where(provided.ContainsKey) ?? [])
            : entry.Value);
        return (project.WithTree(project.Tree.With("services", changed)), replaced);

        MappingNode WithVariables(string name, MappingNode service, IEnumerable<string> providers)
        {
            foreach (string provider in providers.Order(StringComparer.Ordinal))
            {
                string prefix = provider.ToUpperInvariant() + "_";
                MappingNode environment = service["environment"] as MappingNode ?? new MappingNode([], Origin.Default);
                foreach ((string key, string value) in provided[provider].Prefixed.Select(pair => (prefix + pair.Key, pair.Value)))
                {
                    environment = environment.With(key, ScalarNode.String(value, Origin.Default));
                }

                foreach ((string key, string value) in provided[provider].Raw)
                {
                    if (environment[key] is ScalarNode known && (known.IsNull || known.Text != value))
                    {
                        replaced.Add(new ReplacedVariable(provider, name, key));
                    }

                    environment = environment.With(key, ScalarNode.String(value, Origin.Default));
                }

                service = service.With("environment", environment);
            }

            return service;
        }
    }
}

/// <summary>A variable of a service whose value a provider replaces.</summary>
/// <param name="Provider">The provider service.</param>
/// <param name="Service">The service that depends on it.</param>
/// <param name="Variable">The name of the variable.</param>
public sealed record ReplacedVariable(string Provider, string Service, string Variable);
