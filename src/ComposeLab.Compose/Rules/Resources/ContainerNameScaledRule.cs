using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Resources;

/// <summary>A fixed name fits one container.</summary>
internal sealed class ContainerNameScaledRule() : ConfigRule(new RuleInfo(
    "ContainerNameScaled",
    Error,
    Error,
    "a `container_name` that two services share, or beside `scale` or `deploy.replicas`: a name fits one container",
    "Remove `container_name`; other services reach a service by its own name anyway."))
{
    /// <inheritdoc/>
    public override IEnumerable<Spot> Find(RuleContext context)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ServiceDefinition service in context.Project.Services.Values)
        {
            if (service.ContainerName is not { Length: > 0 } name)
            {
                continue;
            }

            if (owners.TryGetValue(name, out string? owner))
            {
                yield return Spot(context, service, $"The container name {name} belongs to {owner} already: {service.Name} cannot start.");
            }
            else if (service.Scale is not null || service.Deploy?.Replicas is not null)
            {
                yield return Spot(context, service, $"{service.Name} says how many containers it has, but its container_name {name} fits one only: it can never be scaled.");
            }

            owners.TryAdd(name, service.Name);
        }
    }

    private static Spot Spot(RuleContext context, ServiceDefinition service, string message) => context.At(
        service, "container_name", message, "Remove container_name: other services reach it by its service name.");
}
