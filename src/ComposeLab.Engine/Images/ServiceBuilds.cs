using ComposeLab.Compose.Model;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Images;

/// <summary>The builds of a project's services.</summary>
public static class ServiceBuilds
{
    /// <summary>Reads the build sections of services, all before the first build begins.</summary>
    /// <param name="project">The project.</param>
    /// <param name="names">The services; empty means every service with a build section.</param>
    /// <param name="buildx">The docker-buildx plugin; null if it is not installed.</param>
    /// <returns>
    /// One build for each image, in the order of the services' names; services that share an image share its build. The image of a service that another one takes as a
    /// further context is built with it.
    /// </returns>
    /// <exception cref="EngineException">
    /// ServiceNotFound; BuildSectionMissing: a named service has no build section; PreflightFailed: a section contains unsupported attributes.
    /// </exception>
    public static IReadOnlyList<BuildSpec> Of(ComposeProject project, IReadOnlyList<string> names, string? buildx = null)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(names);
        var builds = new List<BuildSpec>();
        var means = new BuildMeans(buildx is not null, IsForStart: false);
        foreach (string name in names.Count == 0 ? project.Services.Keys : names.Order(StringComparer.Ordinal))
        {
            ServiceDefinition service = Find(project, name);
            if (service.Build is null && names.Count > 0)
            {
                throw NothingToBuild(project, service);
            }

            foreach (ServiceDefinition built in WithContexts(project, service))
            {
                string image = ServiceNames.Image(project, built);
                if (builds.TrueForAll(build => build.Names[0] != image))
                {
                    builds.Add(ServiceBuild.Of(project, built, image, means));
                }
            }
        }

        return builds;
    }

    /// <summary>Adds the services that services depend on, directly and indirectly.</summary>
    /// <param name="project">The project.</param>
    /// <param name="names">The services; empty means all.</param>
    /// <returns>The named services, and those of the others that have a build section.</returns>
    /// <exception cref="EngineException">ServiceNotFound.</exception>
    public static IReadOnlyList<string> WithDependencies(ComposeProject project, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return names.Count == 0
            ? names
            : [.. ServiceOrder.Of(project, names).Where(service => service.Build is not null || names.Contains(service.Name, StringComparer.Ordinal)).Select(service => service.Name)];
    }

    /// <summary>The possible builds of a project in a start, without unsupported build sections.</summary>
    /// <param name="project">The project.</param>
    /// <param name="means">What they are built with.</param>
    /// <returns>The builds with valid sections.</returns>
    internal static IEnumerable<BuildSpec> Buildable(ComposeProject project, BuildMeans means) => project.Services.Values
        .Where(service => service.Build is not null && UnsupportedBuild.Find(project, service, means).Count == 0)
        .Select(service => ServiceBuild.Read(project, service, ServiceNames.Image(project, service), means))
        .DistinctBy(build => build.Names[0]);

    /// <summary>The services in a build's additional contexts, including indirect ones.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service.</param>
    /// <returns>The services with a build section, each before the one that needs it; the service itself is last.</returns>
    internal static IReadOnlyList<ServiceDefinition> WithContexts(ComposeProject project, ServiceDefinition service)
    {
        var found = new List<ServiceDefinition>();
        Visit(service, []);
        return found;

        void Visit(ServiceDefinition at, HashSet<string> seen)
        {
            if (at.Build is not { } build || !seen.Add(at.Name))
            {
                return;
            }

            foreach (string name in build.AdditionalContexts.Values.Select(ContextSource.Service).OfType<string>())
            {
                Visit(Find(project, name), seen);
            }

            found.Add(at);
        }
    }

    /// <summary>Finds a service.</summary>
    /// <param name="project">The project.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The service, active or not.</returns>
    /// <exception cref="EngineException">ServiceNotFound.</exception>
    internal static ServiceDefinition Find(ComposeProject project, string name)
    {
        if (project.Services.TryGetValue(name, out ServiceDefinition? service) || project.DisabledServices.TryGetValue(name, out service))
        {
            return service;
        }

        throw new EngineException(
            EngineErrorId.ServiceNotFound,
            $"Service '{name}' not found in project '{project.Name}'. Services: {string.Join(", ", project.Services.Keys)}.",
            "Use one of these services.")
        {
            Service = name,
        };
    }

    private static EngineException NothingToBuild(ComposeProject project, ServiceDefinition service)
    {
        string[] built = [.. project.Services.Values.Concat(project.DisabledServices.Values).Where(other => other.Build is not null).Select(other => other.Name)];
        return new EngineException(
            EngineErrorId.BuildSectionMissing,
            $"Service '{service.Name}' has no build section: its image {ServiceNames.Image(project, service)} is pulled, not built.",
            built.Length == 0 ? "Add a build section to a service." : "Build a service that has one")
        {
            Remedies = built.Length == 0 ? [] : [Remedy.BuildImages(built)],
            Service = service.Name,
        };
    }
}
