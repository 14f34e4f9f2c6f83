using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules.Images;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Ports;

/// <summary>An internal port must not be published in production, and otherwise only on loopback.</summary>
/// <param name="info">The description of the rule.</param>
internal abstract class PrivatePortRule(RuleInfo info) : ServiceRule(info)
{
    /// <inheritdoc/>
    protected sealed override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        foreach (PublishedPort port in PublishedPort.Of(service).Where(port => context.Production || port.IsOpen))
        {
            if (NameOf(context, port) is { } what)
            {
                string reach = port.IsOpen ? "anyone who reaches this machine can connect" : "every program on this machine can connect";
                yield return context.At(
                    service,
                    port.Path,
                    port.Definition.Node,
                    $"{what} is published as {port.Words}: {reach}.",
                    context.Production
                        ? $"Do not publish the port in production: other services reach it as {service.Name}:{port.TargetWords}. In the overlay, write 'ports: !reset []'."
                        : $"Publish it on this machine only: \"127.0.0.1:{port.HostWords}:{port.TargetWords}\".");
            }
        }
    }

    /// <summary>Finds out what listens on a port.</summary>
    /// <param name="context">The project and its environment.</param>
    /// <param name="port">The port.</param>
    /// <returns>The product, as the start of a sentence; null if the port may be published.</returns>
    protected abstract string? NameOf(RuleContext context, PublishedPort port);
}

/// <summary>A database must be reached only by the services of its network.</summary>
internal sealed class DatabasePortPublishedRule() : PrivatePortRule(new RuleInfo(
    "DatabasePortPublished",
    Warning,
    Error,
    "the port of a database published on all interfaces; in production, published at all",
    "Publish it on 127.0.0.1 for development, and not at all in production (`ports: !reset []` in the overlay)."))
{
    /// <inheritdoc/>
    protected override string? NameOf(RuleContext context, PublishedPort port) =>
        (DatabaseImage.Of(context.ImageOf(port.Service)) ?? port.Definitions.Select(DatabaseImage.Behind).OfType<DatabaseImage>().FirstOrDefault())?.Product;
}

/// <summary>An administration page or port must not be open to everyone.</summary>
internal sealed class AdminPortPublishedRule() : PrivatePortRule(new RuleInfo(
    "AdminPortPublished",
    Warning,
    Error,
    "an administration page, debugger or engine API published on all interfaces; in production, published at all",
    "Publish it on 127.0.0.1 and reach it through a tunnel, or put it behind a proxy that requires a login."))
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
        [("prometheus", 9090)] = "Prometheus, which requires no login,",
        [("alertmanager", 9093)] = "Alertmanager, which requires no login,",
    };

    /// <inheritdoc/>
    protected override string? NameOf(RuleContext context, PublishedPort port)
    {
        string image = context.ImageOf(port.Service)?.Name ?? "";
        return Tools.GetValueOrDefault(image)
            ?? port.Definitions.Select(definition => Pages.GetValueOrDefault((image, definition.Target ?? 0))).FirstOrDefault(page => page is not null);
    }
}
