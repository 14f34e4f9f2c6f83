using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Privileges;

/// <summary>A privileged container is root on the host.</summary>
internal sealed class PrivilegedRule() : ServiceRule(new RuleInfo(
    "Privileged",
    Warning,
    Error,
    "`privileged: true`: the container is root on the host",
    "Remove it; add the one capability (`cap_add`) or device (`devices`) that is needed."))
{
    /// <inheritdoc/>
    protected override IEnumerable<Spot> Find(RuleContext context, ServiceDefinition service)
    {
        if (service.Privileged)
        {
            yield return context.At(
                service,
                "privileged",
                $"{service.Name} is privileged: whoever breaks into it is root on this machine.",
                "Remove 'privileged' and add what it needs: cap_add: [NET_ADMIN], devices: [/dev/...].");
        }
    }
}
