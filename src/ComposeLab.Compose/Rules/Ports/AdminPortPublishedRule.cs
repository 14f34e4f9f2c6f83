using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Ports;

/// <summary>A page or port that administers something is not for everyone.</summary>
internal sealed class AdminPortPublishedRule() : PrivatePortRule(new RuleInfo(
    "AdminPortPublished",
    Warning,
    Error,
    "an administration page, debugger or engine API published on all interfaces; in production, published at all",
    "Publish it on 127.0.0.1 and reach it through a tunnel, or put it behind the proxy that asks for a login."))
{
    private static readonly Dictionary<string, string> Tools = new(StringComparer.Ordinal)
    {
        ["adminer"] = "Adminer",
        ["phpmyadmin"] = "phpMyAdmin",
        ["pgadmin4"] = "pgAdmin",
        ["pgweb"] = "pgweb",
        ["mongo-express"] = "mongo-express",
        ["redis-commander"] = "Redis Commander",
        ["redisinsight"] = "Redis Insight",
        ["phpredisadmin"] = "phpRedisAdmin",
        ["portainer"] = "Portainer",
        ["portainer-ce"] = "Portainer",
        ["dozzle"] = "Dozzle",
        ["kafka-ui"] = "Kafka UI",
        ["akhq"] = "AKHQ",
        ["mailhog"] = "MailHog",
        ["mailpit"] = "Mailpit",
        ["docker-socket-proxy"] = "The proxy of the engine's API",
    };

    private static readonly Dictionary<(string Image, long Port), string> Pages = new()
    {
        [("traefik", 8080)] = "Traefik's dashboard",
        [("rabbitmq", 15672)] = "RabbitMQ's management page",
        [("minio", 9001)] = "MinIO's console",
        [("nginx-proxy-manager", 81)] = "The admin page of Nginx Proxy Manager",
        [("node", 9229)] = "The Node.js debugger",
        [("docker", 2375)] = "The engine's API without a password",
        [("consul", 8500)] = "Consul's API",
        [("prometheus", 9090)] = "Prometheus, which asks for no login,",
        [("alertmanager", 9093)] = "Alertmanager, which asks for no login,",
    };

    /// <inheritdoc/>
    protected override string? NameOf(RuleContext context, PublishedPort port)
    {
        string image = context.ImageOf(port.Service)?.Name ?? "";
        long target = port.Definition.Target ?? 0;
        return Tools.GetValueOrDefault(image) ?? Pages.GetValueOrDefault((image, target));
    }
}
