using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Privileges;

/// <summary>A privileged container is root on the host.</summary>
internal sealed class PrivilegedRule() : ServiceRule(new RuleInfo(
    "Privileged",
    Warning,
    Error,
    "`privileged: true`: the container is root on the host",
    "Remove it; add the one capability (`cap_add`) or device (`devices`) that the service needs."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        if (service.Privileged)
        {
            yield return context.At(
                service,
                "privileged",
                $"{service.Name} is privileged: an attacker in the container has root access to this machine.",
                "Remove 'privileged' and add what it needs: cap_add: [NET_ADMIN], devices: [/dev/...].");
        }
    }
}

/// <summary>Some capabilities are equivalent to root on the host.</summary>
internal sealed class DangerousCapabilityRule() : ServiceRule(new RuleInfo(
    "DangerousCapability",
    Warning,
    Error,
    "`cap_add` of a capability that is equivalent to root on the host: `ALL`, `SYS_ADMIN`, `SYS_MODULE`, `SYS_PTRACE`, `SYS_RAWIO`, `DAC_READ_SEARCH`, `BPF`",
    "Remove it, or allow it with a reason."))
{
    private static readonly string[] Dangerous = ["ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "SYS_RAWIO", "DAC_READ_SEARCH", "BPF"];

    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
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
                    $"{service.Name} has the capability {capability}, which lets an attacker in the container reach this machine.",
                    $"Remove {given} from cap_add, or allow it with a reason.");
            }
        }
    }
}

/// <summary>The engine's security profiles must stay enabled.</summary>
internal sealed class SecurityProfileOffRule() : ServiceRule(new RuleInfo(
    "SecurityProfileOff",
    Warning,
    Warning,
    "`security_opt` that disables a protection: `seccomp:unconfined`, `apparmor:unconfined`, `label:disable`",
    "Remove it; if a system call is missing, write a seccomp profile that allows that one."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        Yaml.SequenceNode? list = service.Node["security_opt"] as Yaml.SequenceNode;
        foreach ((string option, int index) in service.SecurityOpt.Select((option, index) => (option, index)))
        {
            if (option.Replace('=', ':') is "seccomp:unconfined" or "apparmor:unconfined" or "label:disable")
            {
                yield return context.At(
                    service,
                    $"security_opt[{index}]",
                    list!.Items[index],
                    $"{service.Name} runs with '{option}': it can use system calls that the engine normally blocks.",
                    "Remove the option, or use a custom profile: seccomp:./profile.json.");
            }
        }
    }
}
