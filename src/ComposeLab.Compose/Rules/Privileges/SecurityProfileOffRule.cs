using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Privileges;

/// <summary>The engine's profiles stay on.</summary>
internal sealed class SecurityProfileOffRule() : ServiceRule(new RuleInfo(
    "SecurityProfileOff",
    Warning,
    Warning,
    "`security_opt` that switches a protection off: `seccomp:unconfined`, `apparmor:unconfined`, `label:disable`",
    "Remove it; if a system call is missing, write a seccomp profile that allows that one."))
{
    /// <inheritdoc/>
    protected override IEnumerable<Spot> Find(RuleContext context, ServiceDefinition service)
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
                    $"{service.Name} runs with '{option}': system calls that the engine blocks for good reason are open to it.",
                    "Remove the option, or name a profile of your own: seccomp:./profile.json.");
            }
        }
    }
}
