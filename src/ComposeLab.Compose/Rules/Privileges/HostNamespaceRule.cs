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
    protected override IEnumerable<Spot> Find(RuleContext context, ServiceDefinition service)
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
