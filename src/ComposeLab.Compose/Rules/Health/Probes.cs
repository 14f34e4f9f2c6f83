using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules.Images;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Rules.Health;

/// <summary>Knows which services can say whether they are ready, and how others could.</summary>
internal static class Probes
{
    private static readonly string[] Implying = ["links", "volumes_from", "network_mode", "ipc", "pid", "uts", "cgroup"];

    /// <summary>Whether a service has a health check, its own or its Dockerfile's.</summary>
    public static bool Has(RuleContext context, ServiceDefinition service) => service.Healthcheck is { } check
        ? !check.Disable && check.Test is not ["NONE", ..] && (check.Test is not null || context.DockerfileOf(service)?.HasHealthcheck != false)
        : context.DockerfileOf(service)?.HasHealthcheck ?? false;

    /// <summary>The services that start when this one is ready, as somebody wrote in their <c>depends_on</c>.</summary>
    public static IEnumerable<ServiceDefinition> WaitingFor(RuleContext context, ServiceDefinition service) => context.Project.Services.Values
        .Where(other => other.DependsOn.TryGetValue(service.Name, out DependencyDefinition? dependency)
            && dependency.Condition != DependencyCondition.ServiceCompletedSuccessfully
            && !IsImplied(other, dependency));

    /// <summary>Says how the service could be probed.</summary>
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

    // Links and shared namespaces imply a dependency that nobody wrote: no start order was meant to be more than that.
    private static bool IsImplied(ServiceDefinition service, DependencyDefinition dependency) => Implying
        .SelectMany(attribute => service.Node[attribute] is SequenceNode list ? list.Items : service.Node[attribute] is { } value ? [value] : [])
        .Any(value => value.Origin == dependency.Origin);
}
