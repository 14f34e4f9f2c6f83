using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules.Images;
using ComposeLab.Compose.Yaml;
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
                service, "healthcheck", $"{who} {start} after {service.Name}, but its health check is disabled, so it is unknown when it is ready.", suggestion);
        }
        else if (Probes.WaitingFor(context, service).Any(other => other.DependsOn[service.Name].Condition == DependencyCondition.ServiceHealthy))
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
        foreach (DependencyDefinition dependency in service.DependsOn.Values.Where(dependency => dependency.Condition == DependencyCondition.ServiceStarted))
        {
            if (context.Project.Services.TryGetValue(dependency.Service, out ServiceDefinition? other)
                && Probes.WaitingFor(context, other).Contains(service)
                && Probes.Has(context, other))
            {
                yield return context.At(
                    service,
                    $"depends_on.{dependency.Service}",
                    $"{service.Name} starts when {dependency.Service} is running, although {dependency.Service} has a health check that shows when it is ready.",
                    $"depends_on: {{ {dependency.Service}: {{ condition: service_healthy }} }}");
            }
        }
    }
}

/// <summary>Finds out which services can report that they are ready, and how others could.</summary>
internal static class Probes
{
    private static readonly string[] Implying = ["links", "volumes_from", "network_mode", "ipc", "pid", "uts", "cgroup"];

    /// <summary>Whether a service has a health check, in the files or in its Dockerfile.</summary>
    public static bool Has(RuleContext context, ServiceDefinition service) => service.Healthcheck is { } check
        ? !check.Disable && check.Test is not ["NONE", ..] && (check.Test is not null || context.DockerfileOf(service)?.HasHealthcheck != false)
        : context.DockerfileOf(service)?.HasHealthcheck ?? false;

    /// <summary>The services that start when this one is ready, as written in their <c>depends_on</c>.</summary>
    public static IEnumerable<ServiceDefinition> WaitingFor(RuleContext context, ServiceDefinition service) => context.Project.Services.Values
        .Where(other => other.DependsOn.TryGetValue(service.Name, out DependencyDefinition? dependency)
            && dependency.Condition != DependencyCondition.ServiceCompletedSuccessfully
            && !IsImplied(other, dependency));

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

    // Links and shared namespaces imply a dependency that was not written: only the start order is intended.
    private static bool IsImplied(ServiceDefinition service, DependencyDefinition dependency) => Implying
        .SelectMany(attribute => service.Node[attribute] is SequenceNode list ? list.Items : service.Node[attribute] is { } value ? [value] : [])
        .Any(value => value.Origin == dependency.Origin);
}
