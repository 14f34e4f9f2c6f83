using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Resources;

/// <summary>Defined resources must be used.</summary>
internal sealed class UnusedResourceRule() : ConfigRule(new RuleInfo(
    "UnusedResource",
    Information,
    Information,
    "a network, volume, secret or config that no service uses",
    "Remove it, or use it in a service."))
{
    /// <inheritdoc/>
    public override IEnumerable<RuleMatch> Find(RuleContext context) => context.Project.UnusedResources.Select(resource => new RuleMatch(
        $"{resource.Kind}.{resource.Key}",
        resource.Origin,
        $"No service uses the {resource.Kind.TrimEnd('s')} {resource.Key}, so it has no effect.",
        $"Remove {resource.Kind}.{resource.Key}, or use it in a service."));
}

/// <summary>A fixed name allows only one container.</summary>
internal sealed class ContainerNameScaledRule() : ConfigRule(new RuleInfo(
    "ContainerNameScaled",
    Error,
    Error,
    "a `container_name` together with `scale` or `deploy.replicas`: a fixed name allows only one container",
    "Remove `container_name`; other services reach a service by its service name."))
{
    /// <inheritdoc/>
    public override IEnumerable<RuleMatch> Find(RuleContext context) => context.Project.Services.Values
        .Where(service => service.ContainerName is { Length: > 0 } && (service.Scale is not null || service.Deploy?.Replicas is not null))
        .Select(service => context.At(
            service,
            "container_name",
            $"{service.Name} sets its number of containers, but its container_name {service.ContainerName} allows only one, so it cannot be scaled.",
            "Remove container_name: other services reach it by its service name."));
}
