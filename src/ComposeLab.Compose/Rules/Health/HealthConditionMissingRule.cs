using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Health;

/// <summary>Who waits for a service that can say when it is ready waits for that.</summary>
internal sealed class HealthConditionMissingRule() : ServiceRule(new RuleInfo(
    "HealthConditionMissing",
    Warning,
    Warning,
    "a `depends_on` without `condition: service_healthy` although the service waited for has a health check",
    "Write the dependency in its long form, with `condition: service_healthy`."))
{
    /// <inheritdoc/>
    protected override IEnumerable<Spot> Find(RuleContext context, ServiceDefinition service)
    {
        foreach (DependencyDefinition dependency in service.DependsOn.Values.Where(dependency => dependency.Condition == DependencyCondition.ServiceStarted))
        {
            if (context.Project.Services.TryGetValue(dependency.Service, out ServiceDefinition? other)
                && Probes.WaitingFor(context, other).Contains(service)
                && Probes.Has(context, other))
            {
                yield return context.At(
                    service,
                    $"depends_on.{dependency.Service}",
                    $"{service.Name} starts when {dependency.Service} runs, although {dependency.Service} has a health check that says when it is ready.",
                    $"depends_on: {{ {dependency.Service}: {{ condition: service_healthy }} }}");
            }
        }
    }
}
