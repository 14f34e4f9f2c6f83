using ComposeLab.Compose.Model;

namespace ComposeLab.Compose.Rules.Ports;

/// <summary>A port that is nobody else's business is not published: in production not at all, elsewhere on loopback only.</summary>
/// <param name="info">What is to be known about the rule.</param>
internal abstract class PrivatePortRule(RuleInfo info) : ServiceRule(info)
{
    /// <inheritdoc/>
    protected sealed override IEnumerable<Spot> Find(RuleContext context, ServiceDefinition service)
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
                        ? $"Take the port out of production: other services reach it as {service.Name}:{port.Definition.Target}. In an overlay write 'ports: !reset []'."
                        : $"Bind it to this machine: \"127.0.0.1:{(port.Definition.Published is { Length: > 0 } fixedPort ? fixedPort : "")}:{port.Definition.Target}\".");
            }
        }
    }

    /// <summary>Says what listens on a port.</summary>
    /// <param name="context">The project and what is known about its surroundings.</param>
    /// <param name="port">The port.</param>
    /// <returns>The product, to begin a sentence; null when the port may be published.</returns>
    protected abstract string? NameOf(RuleContext context, PublishedPort port);
}
