using ComposeLab.Compose.Model;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Rules.Builds;
using ComposeLab.Compose.Rules.Images;
using ComposeLab.Compose.Rules.Secrets;
using ComposeLab.Compose.Rules.Swarm;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Rules;

/// <summary>The input of rules: the merged project, the policy, and limited data about the machine.</summary>
/// <param name="project">The project.</param>
/// <param name="production">Whether it is for production.</param>
/// <param name="environment">The machine.</param>
internal sealed class RuleContext(ComposeProject project, bool production, IRuleEnvironment environment)
{
    private readonly Dictionary<string, Dockerfile?> _dockerfiles = new(StringComparer.Ordinal);

    /// <summary>The project.</summary>
    public ComposeProject Project { get; } = project;

    /// <summary>The rules of paths on the host.</summary>
    public HostPaths Paths => Project.Paths;

    /// <summary>Whether it is for production.</summary>
    public bool Production { get; } = production;

    /// <summary>The machine.</summary>
    public IRuleEnvironment Environment { get; } = environment;

    /// <summary>The content of the files before variables are replaced.</summary>
    public RawValues Raw => field ??= new RawValues(Project.Sources);

    /// <summary>Whether the project is meant for a swarm.</summary>
    public bool IsForSwarm { get; } = SwarmPlacements.IsForSwarm(project);

    /// <summary>Which services wait for which.</summary>
    public Dependents Dependents => field ??= new Dependents(Project);

    /// <summary>Creates a match at a service as a whole.</summary>
    public RuleMatch At(ServiceDefinition service, string message, string recommendation) =>
        new($"services.{service.Name}", KeyOf(service), message, recommendation, service.Name);

    /// <summary>Creates a match at an attribute of a service.</summary>
    public RuleMatch At(ServiceDefinition service, string attribute, string message, string recommendation) =>
        new($"services.{service.Name}.{attribute}", AttributeOf(service, attribute), message, recommendation, service.Name);

    /// <summary>Creates a match at a value inside a service.</summary>
    public RuleMatch At(ServiceDefinition service, string path, Node value, string message, string recommendation) =>
        new($"services.{service.Name}.{path}", value.Origin.IsInFile ? value.Origin : AttributeOf(service, path), message, recommendation, service.Name);

    /// <summary>The place of a service's key.</summary>
    public Origin KeyOf(ServiceDefinition service) =>
        Project.Tree["services"] is MappingNode services && services.TryGetEntry(service.Name, out MappingEntry? entry) && entry.KeyOrigin.IsInFile
            ? entry.KeyOrigin
            : service.Origin;

    /// <summary>The place of a service's attribute; if it was not written, that of the service's key.</summary>
    public Origin AttributeOf(ServiceDefinition service, string path)
    {
        Node? node = service.Node;
        Origin best = KeyOf(service);
        foreach (string step in path.Split('[')[0].Split('.'))
        {
            if (node is not MappingNode mapping || !mapping.TryGetEntry(step, out MappingEntry? entry))
            {
                break;
            }

            best = entry.KeyOrigin.IsInFile ? entry.KeyOrigin : entry.Value.Origin.IsInFile ? entry.Value.Origin : best;
            node = entry.Value;
        }

        return best;
    }

    /// <summary>The Dockerfile of a service; null: none, or it cannot be read.</summary>
    public Dockerfile? DockerfileOf(ServiceDefinition service)
    {
        if (!_dockerfiles.TryGetValue(service.Name, out Dockerfile? known))
        {
            _dockerfiles[service.Name] = known = service.Build is { } build ? DockerfileReader.Of(build, Environment) : null;
        }

        return known;
    }

    /// <summary>The image that identifies the product of a service: its own, or the base image of its build.</summary>
    public ImageReference? ImageOf(ServiceDefinition service) =>
        service.Build is null ? ImageReference.Parse(service.Image) : ImageReference.Parse(DockerfileOf(service)?.FinalImage);
}
