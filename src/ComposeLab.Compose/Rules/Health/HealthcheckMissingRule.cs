using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules.Images;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Health;

/// <summary>A service that others wait for must be able to report when it is ready.</summary>
internal sealed class HealthcheckMissingRule() : ServiceRule(new RuleInfo(
    "HealthcheckMissing",
    Warning,
    Warning,
    "a service that others wait for, without a health check in the files or in its Dockerfile",
    "Add a `healthcheck`, and use `condition: service_healthy` in the services that wait for it."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        if (Probes.Has(context, service) || service.Provider is not null)
        {
            yield break;
        }

        Dependent[] dependents = [.. context.Dependents.WaitingFor(service)];
        string[] waiting = [.. dependents.Select(dependent => dependent.Service.Name)];
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
                service, "healthcheck", $"{who} {start} after {service.Name}, but its health check is disabled, so it is unknown when it is ready.", suggestion);
        }
        else if (dependents.Any(dependent => dependent.Dependency.Condition == DependencyCondition.ServiceHealthy))
        {
            yield return context.At(
                service, $"{who} {start} when {service.Name} is healthy, but {service.Name} has no health check in the files. Unless its image has one, the wait fails.", suggestion);
        }
        else
        {
            yield return context.At(
                service, $"{who} {start} when {service.Name} is running, not when it is ready, because {service.Name} has no health check.", suggestion);
        }
    }
}

/// <summary>A service must wait for the health of a dependency that has a health check.</summary>
internal sealed class HealthConditionMissingRule() : ServiceRule(new RuleInfo(
    "HealthConditionMissing",
    Warning,
    Warning,
    "a `depends_on` without `condition: service_healthy` although the dependency has a health check",
    "Write the dependency in its long form, with `condition: service_healthy`."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        foreach (Dependent dependent in Dependents.Dependencies(service)
            .Where(dependent => dependent.Dependency.Condition == DependencyCondition.ServiceStarted && !dependent.IsImplied))
        {
            if (context.Project.Services.TryGetValue(dependent.Name, out ServiceDefinition? other) && Probes.Has(context, other))
            {
                yield return context.At(
                    service,
                    $"depends_on.{other.Name}",
                    $"{service.Name} starts when {other.Name} is running, although {other.Name} has a health check that shows when it is ready.",
                    $"depends_on: {{ {other.Name}: {{ condition: service_healthy }} }}");
            }
        }
    }
}

/// <summary>Finds out which services can report that they are ready, and how others could.</summary>
internal static class Probes
{
    /// <summary>Whether a service has a health check, in the files or in its Dockerfile.</summary>
    public static bool Has(RuleContext context, ServiceDefinition service) => service.Healthcheck is { } check
        ? !check.Disable && check.Test is not ["NONE", ..] && (check.Test is not null || context.DockerfileOf(service)?.HasHealthcheck != false)
        : context.DockerfileOf(service)?.HasHealthcheck ?? false;

    /// <summary>Suggests a health check for the service.</summary>
    public static string Suggestion(RuleContext context, ServiceDefinition service) => DatabaseImage.Of(context.ImageOf(service))?.Product switch
    {
        "PostgreSQL" or "PostGIS" or "TimescaleDB" => "healthcheck: { test: [\"CMD-SHELL\", \"pg_isready -h 127.0.0.1 -U $$POSTGRES_USER\"], interval: 5s, retries: 10 }",
        "MySQL" or "Percona Server" => "healthcheck: { test: [\"CMD-SHELL\", \"mysqladmin ping -h 127.0.0.1 -uroot -p$$MYSQL_ROOT_PASSWORD\"], interval: 5s, retries: 10 }",
        "MariaDB" => "healthcheck: { test: [\"CMD\", \"healthcheck.sh\", \"--connect\", \"--innodb_initialized\"], interval: 5s, retries: 10 }",
        "MongoDB" => "healthcheck: { test: [\"CMD\", \"mongosh\", \"--quiet\", \"--eval\", \"db.adminCommand('ping')\"], interval: 5s, retries: 10 }",
        "Redis" or "KeyDB" => "healthcheck: { test: [\"CMD\", \"redis-cli\", \"ping\"], interval: 5s, retries: 10 }",
        "Valkey" => "healthcheck: { test: [\"CMD\", \"valkey-cli\", \"ping\"], interval: 5s, retries: 10 }",
        "Elasticsearch" => "healthcheck: { test: [\"CMD-SHELL\", \"curl -fs http://localhost:9200/_cluster/health\"], interval: 10s, retries: 20 }",
        _ => "Add a 'healthcheck' whose 'test' succeeds when the service answers, such as [\"CMD\", \"wget\", \"-qO-\", \"http://127.0.0.1:PORT/\"].",
    };
}
