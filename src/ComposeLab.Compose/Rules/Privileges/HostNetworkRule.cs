using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Privileges;

/// <summary>A container in the host's network has no network of its own.</summary>
internal sealed class HostNetworkRule() : ServiceRule(new RuleInfo(
    "HostNetwork",
    Warning,
    Warning,
    "`network_mode: host`: every port of the container is open on the host, and it sees the host's loopback",
    "Use the project's network and publish the ports that are needed."))
{
    /// <inheritdoc/>
    protected override IEnumerable<Spot> Find(RuleContext context, ServiceDefinition service)
    {
        if (service.NetworkMode == "host")
        {
            yield return context.At(
                service,
                "network_mode",
                $"{service.Name} shares the network of this machine: all its ports are open here, and it reaches what listens on 127.0.0.1.",
                "Remove 'network_mode' and publish what is needed: ports: [\"127.0.0.1:8080:8080\"].");
        }
    }
}
