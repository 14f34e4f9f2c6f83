using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Resources;

/// <summary>What the files define is used.</summary>
internal sealed class UnusedResourceRule() : ConfigRule(new RuleInfo(
    "UnusedResource",
    Information,
    Information,
    "a network, volume, secret or config that no service uses",
    "Remove it, or use it: a misspelled name in a service would have been an error."))
{
    /// <inheritdoc/>
    public override IEnumerable<RuleMatch> Find(RuleContext context) => context.Project.UnusedResources.Select(resource => new RuleMatch(
        $"{resource.Kind}.{resource.Key}",
        resource.Origin,
        $"No service uses the {resource.Kind.TrimEnd('s')} {resource.Key}: it is never made.",
        $"Remove {resource.Kind}.{resource.Key}, or name it in the service it was meant for."));
}

/// <summary>A fixed name fits one container.</summary>
internal sealed class ContainerNameScaledRule() : ConfigRule(new RuleInfo(
    "ContainerNameScaled",
    Error,
    Error,
    "a `container_name` beside `scale` or `deploy.replicas`: a name fits one container",
    "Remove `container_name`; other services reach a service by its own name anyway."))
{
    /// <inheritdoc/>
    public override IEnumerable<RuleMatch> Find(RuleContext context) => context.Project.Services.Values
        .Where(service => service.ContainerName is { Length: > 0 } && (service.Scale is not null || service.Deploy?.Replicas is not null))
        .Select(service => context.At(
            service,
            "container_name",
            $"{service.Name} says how many containers it has, but its container_name {service.ContainerName} fits one only: it can never be scaled.",
            "Remove container_name: other services reach it by its service name."));
}
