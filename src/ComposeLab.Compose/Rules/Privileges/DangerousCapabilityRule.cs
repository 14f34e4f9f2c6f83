using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Privileges;

/// <summary>Some capabilities are as good as root on the host.</summary>
internal sealed class DangerousCapabilityRule() : ServiceRule(new RuleInfo(
    "DangerousCapability",
    Warning,
    Error,
    "`cap_add` of a capability that is as good as root on the host: `ALL`, `SYS_ADMIN`, `SYS_MODULE`, `SYS_PTRACE`, `SYS_RAWIO`, `DAC_READ_SEARCH`, `BPF`",
    "Remove it, or allow it with a reason."))
{
    private static readonly string[] Dangerous = ["ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "SYS_RAWIO", "DAC_READ_SEARCH", "BPF"];

    /// <inheritdoc/>
    protected override IEnumerable<Spot> Find(RuleContext context, ServiceDefinition service)
    {
        Yaml.SequenceNode? list = service.Node["cap_add"] as Yaml.SequenceNode;
        foreach ((string given, int index) in service.CapAdd.Select((capability, index) => (capability, index)))
        {
            string capability = given.ToUpperInvariant();
            capability = capability.StartsWith("CAP_", StringComparison.Ordinal) ? capability[4..] : capability;
            if (Dangerous.Contains(capability, StringComparer.Ordinal))
            {
                yield return context.At(
                    service,
                    $"cap_add[{index}]",
                    list!.Items[index],
                    $"{service.Name} gets the capability {capability}, with which a break-in reaches this machine.",
                    $"Remove {given} from cap_add, or allow it with a reason.");
            }
        }
    }
}
