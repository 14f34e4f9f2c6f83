using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules.Builds;
using ComposeLab.Compose.Rules.Images;
using ComposeLab.Compose.Rules.Secrets;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Rules;

/// <summary>What rules look at: the merged project, the policy, and as much of the machine as they may know.</summary>
/// <param name="project">The project.</param>
/// <param name="production">Whether it is meant for production.</param>
/// <param name="environment">The machine.</param>
internal sealed class RuleContext(ComposeProject project, bool production, IRuleEnvironment environment)
{
    private readonly Dictionary<string, Dockerfile?> _dockerfiles = new(StringComparer.Ordinal);

    /// <summary>The project.</summary>
    public ComposeProject Project { get; } = project;

    /// <summary>Whether it is meant for production.</summary>
    public bool Production { get; } = production;

    /// <summary>The machine.</summary>
    public IRuleEnvironment Environment { get; } = environment;

    /// <summary>What the files say before variables are replaced.</summary>
    public RawValues Raw => field ??= new RawValues(Project.Sources);

    /// <summary>Which services wait for which.</summary>
    public Dependents Dependents => field ??= new Dependents(Project);

    /// <summary>A place at a service as a whole.</summary>
    public RuleMatch At(ServiceDefinition service, string message, string recommendation) =>
        new($"services.{service.Name}", KeyOf(service), message, recommendation, service.Name);

    /// <summary>A place at an attribute of a service.</summary>
    public RuleMatch At(ServiceDefinition service, string attribute, string message, string recommendation) =>
        new($"services.{service.Name}.{attribute}", AttributeOf(service, attribute), message, recommendation, service.Name);

    /// <summary>A place at a value inside a service.</summary>
    public RuleMatch At(ServiceDefinition service, string path, Node value, string message, string recommendation) =>
        new($"services.{service.Name}.{path}", value.Origin.IsInFile ? value.Origin : AttributeOf(service, path), message, recommendation, service.Name);

    /// <summary>Where the key of a service is.</summary>
    public Origin KeyOf(ServiceDefinition service) =>
        Project.Tree["services"] is MappingNode services && services.TryGetEntry(service.Name, out MappingEntry? entry) && entry.KeyOrigin.IsInFile
            ? entry.KeyOrigin
            : service.Origin;

    /// <summary>Where an attribute of a service is; where it was not written, the service's key.</summary>
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

    /// <summary>The Dockerfile that a service is built from; null: none, or it cannot be read.</summary>
    public Dockerfile? DockerfileOf(ServiceDefinition service)
    {
        if (!_dockerfiles.TryGetValue(service.Name, out Dockerfile? known))
        {
            _dockerfiles[service.Name] = known = service.Build is { } build ? DockerfileReader.Of(build, Environment) : null;
        }

        return known;
    }

    /// <summary>The image that says what a service is: its own, or the base of the one that is built.</summary>
    public ImageName? ImageOf(ServiceDefinition service) =>
        service.Build is null ? ImageName.Parse(service.Image) : ImageName.Parse(DockerfileOf(service)?.FinalImage);
}
