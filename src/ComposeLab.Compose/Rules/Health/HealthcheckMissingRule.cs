using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Health;

/// <summary>A service that others wait for can say when it is ready.</summary>
internal sealed class HealthcheckMissingRule() : ServiceRule(new RuleInfo(
    "HealthcheckMissing",
    Warning,
    Warning,
    "a service that others wait for and that has no health check, in the files or in its Dockerfile",
    "Give it a `healthcheck` and let the others wait for `condition: service_healthy`."))
{
    /// <inheritdoc/>
    protected override IEnumerable<Spot> Find(RuleContext context, ServiceDefinition service)
    {
        if (Probes.Has(context, service) || service.Provider is not null)
        {
            yield break;
        }

        string[] waiting = Probes.WaitingFor(context, service).Select(other => other.Name).ToArray();
        if (waiting.Length == 0)
        {
            yield break;
        }

        string who = NameList.Of(waiting);
        string start = waiting.Length == 1 ? "starts" : "start";
        string suggestion = Probes.Suggestion(context, service);
        if (service.Healthcheck is not null)
        {
            yield return context.At(
                service, "healthcheck", $"{who} {start} after {service.Name}, whose health check is switched off: nobody knows when it is ready.", suggestion);
        }
        else if (Probes.WaitingFor(context, service).Any(other => other.DependsOn[service.Name].Condition == DependencyCondition.ServiceHealthy))
        {
            yield return context.At(
                service, $"{who} {start} when {service.Name} is healthy, but the files give {service.Name} no health check: unless its image brings one, the wait fails.", suggestion);
        }
        else
        {
            yield return context.At(
                service, $"{who} {start} when {service.Name} runs, not when it is ready: {service.Name} has no health check.", suggestion);
        }
    }
}
