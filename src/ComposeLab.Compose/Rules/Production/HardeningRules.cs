using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Production;

/// <summary>A service keeps the capabilities it needs.</summary>
internal sealed class CapabilitiesNotDroppedRule() : ProductionRule(new RuleInfo(
    "CapabilitiesNotDropped",
    null,
    Information,
    "in production, a service that keeps the engine's default capabilities",
    "`cap_drop: [ALL]`, then `cap_add` what it turns out to need."))
{
    /// <inheritdoc/>
    protected override string Recommendation => "cap_drop: [ALL], then cap_add what it turns out to need";

    /// <inheritdoc/>
    protected override bool IsMissing(ServiceDefinition service) => !service.CapDrop.Any(capability => capability.Equals("ALL", StringComparison.OrdinalIgnoreCase)) && !service.Privileged;

    /// <inheritdoc/>
    protected override string Message(ServiceDefinition service) =>
        $"{service.Name} keeps the engine's default capabilities, most of which no service needs.";
}

/// <summary>A program with the setuid bit does not give more rights.</summary>
internal sealed class NoNewPrivilegesMissingRule() : ProductionRule(new RuleInfo(
    "NoNewPrivilegesMissing",
    null,
    Warning,
    "in production, a service without `no-new-privileges`: a setuid program in the image can make root of an ordinary user",
    "`security_opt: [no-new-privileges:true]`."))
{
    /// <inheritdoc/>
    protected override string Recommendation => "security_opt: [no-new-privileges:true]";

    /// <inheritdoc/>
    protected override bool IsMissing(ServiceDefinition service) => !service.SecurityOpt.Any(option => option.Replace('=', ':') is "no-new-privileges" or "no-new-privileges:true");

    /// <inheritdoc/>
    protected override string Message(ServiceDefinition service) =>
        $"{service.Name} may gain privileges: a setuid program in its image can make root of an ordinary user.";
}

/// <summary>What breaks in finds no place to stay.</summary>
internal sealed class RootFileSystemWritableRule() : ProductionRule(new RuleInfo(
    "RootFileSystemWritable",
    null,
    Information,
    "in production, a service whose root file system can be written to",
    "`read_only: true` with `tmpfs` for the few folders it writes to."))
{
    /// <inheritdoc/>
    protected override string Recommendation => "read_only: true, with tmpfs: [/tmp] for what it must write";

    /// <inheritdoc/>
    protected override bool IsMissing(ServiceDefinition service) => !service.ReadOnly;

    /// <inheritdoc/>
    protected override string Message(ServiceDefinition service) =>
        $"{service.Name} can write to its own program files: an intruder finds a place to stay, and state hides where it is lost.";
}
