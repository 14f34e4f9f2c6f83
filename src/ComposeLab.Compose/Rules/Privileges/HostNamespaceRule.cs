using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Privileges;

/// <summary>A container has its own processes, memory and users.</summary>
internal sealed class HostNamespaceRule() : ServiceRule(new RuleInfo(
    "HostNamespace",
    Warning,
    Warning,
    "`pid`, `ipc`, `uts`, `cgroup` or `userns_mode` set to `host`",
    "Remove it, unless watching the host is the service's purpose; then allow it with a reason."))
{
    private static readonly Dictionary<string, string> Reach = new(StringComparer.Ordinal)
    {
        ["pid"] = "it sees and can signal every process of this machine, and reads their environment",
        ["ipc"] = "it reads the shared memory of this machine's programs",
        ["uts"] = "it can rename this machine",
        ["cgroup"] = "it sees the control groups of this machine",
        ["userns_mode"] = "its root is this machine's root",
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

/// <summary>A container in the host's network has no network of its own.</summary>
internal sealed class HostNetworkRule() : ServiceRule(new RuleInfo(
    "HostNetwork",
    Warning,
    Warning,
    "`network_mode: host`: every port of the container is open on the host, and it sees the host's loopback",
    "Use the project's network and publish the ports that are needed."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
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
