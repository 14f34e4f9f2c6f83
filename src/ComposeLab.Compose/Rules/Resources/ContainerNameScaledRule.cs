using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Resources;

/// <summary>A fixed name fits one container.</summary>
internal sealed class ContainerNameScaledRule() : ConfigRule(new RuleInfo(
    "ContainerNameScaled",
    Error,
    Error,
    "a `container_name` beside `scale` or `deploy.replicas`: a name fits one container",
    "Remove `container_name`; other services reach a service by its own name anyway."))
{
    /// <inheritdoc/>
    public override IEnumerable<Spot> Find(RuleContext context) => context.Project.Services.Values
        .Where(service => service.ContainerName is { Length: > 0 } && (service.Scale is not null || service.Deploy?.Replicas is not null))
        .Select(service => context.At(
            service,
            "container_name",
            $"{service.Name} says how many containers it has, but its container_name {service.ContainerName} fits one only: it can never be scaled.",
            "Remove container_name: other services reach it by its service name."));
}
