using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Privileges;

/// <summary>A container does not read what runs the host.</summary>
internal sealed class SensitivePathMountedRule() : SensitivePathRule(
    new RuleInfo(
        "SensitivePathMounted",
        Warning,
        Warning,
        "a path of the host that tells too much, mounted read-only: `/`, `/etc`, `/proc`, `/sys`, `~/.ssh`, credentials, the engine's files",
        "Mount the one file that is needed; for a monitor, allow it with a reason."),
    readOnly: true);
