using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Privileges;

/// <summary>A container must have its own processes, memory and users.</summary>
internal sealed class HostNamespaceRule() : ServiceRule(new RuleInfo(
    "HostNamespace",
    Warning,
    Warning,
    "`pid`, `ipc`, `uts`, `cgroup` or `userns_mode` set to `host`",
    "Remove it, or allow it with a reason if the service monitors the host."))
{
    private static readonly Dictionary<string, string> Reach = new(StringComparer.Ordinal)
    {
        ["pid"] = "it sees and can signal every process of this machine, and reads their environment",
        ["ipc"] = "it reads the shared memory of this machine's programs",
        ["uts"] = "it can rename this machine",
        ["cgroup"] = "it sees the control groups of this machine",
        ["userns_mode"] = "its root user is the root user of this machine",
    };

    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        foreach ((string attribute, string reach) in Reach)
        {
            if (service.Node[attribute] is Yaml.ScalarNode { Text: "host" })
            {
                yield return context.At(service, attribute, $"{service.Name} has '{attribute}: host': {reach}.", $"Remove '{attribute}', or allow it with a reason.");
            }
        }
    }
}

/// <summary>A container must use the project's network.</summary>
internal sealed class HostNetworkRule() : ServiceRule(new RuleInfo(
    "HostNetwork",
    Warning,
    Warning,
    "`network_mode: host`: every port of the container is open on the host, and it sees the host's loopback",
    "Use the project's network and publish the necessary ports."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        if (service.NetworkMode == "host")
        {
            yield return context.At(
                service,
                "network_mode",
                $"{service.Name} uses the network of this machine: all its ports are open here, and it can reach everything on 127.0.0.1.",
                "Remove 'network_mode' and publish the necessary ports: ports: [\"127.0.0.1:8080:8080\"].");
        }
    }
}
