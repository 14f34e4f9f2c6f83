using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Production;

/// <summary>A service must keep only the capabilities it needs.</summary>
internal sealed class CapabilitiesNotDroppedRule() : ProductionRule(new RuleInfo(
    "CapabilitiesNotDropped",
    null,
    Information,
    "in production, a service that keeps the engine's default capabilities",
    "`cap_drop: [ALL]`, then `cap_add` only the capabilities it needs."))
{
    /// <inheritdoc/>
    protected override string Recommendation => "cap_drop: [ALL], then cap_add only the capabilities it needs";

    /// <inheritdoc/>
    protected override bool IsMissing(ServiceDefinition service) => !service.CapDrop.Any(capability => capability.Equals("ALL", StringComparison.OrdinalIgnoreCase)) && !service.Privileged;

    /// <inheritdoc/>
    protected override string Message(ServiceDefinition service) =>
        $"{service.Name} keeps the engine's default capabilities, although most services do not need them.";
}

/// <summary>A setuid program must not give more privileges.</summary>
internal sealed class NoNewPrivilegesMissingRule() : ProductionRule(new RuleInfo(
    "NoNewPrivilegesMissing",
    null,
    Warning,
    "in production, a service without `no-new-privileges`: a setuid program in the image can turn a regular user into root",
    "`security_opt: [no-new-privileges:true]`."))
{
    /// <inheritdoc/>
    protected override string Recommendation => "security_opt: [no-new-privileges:true]";

    /// <inheritdoc/>
    protected override bool IsMissing(ServiceDefinition service) => !service.SecurityOpt.Any(option => option.Replace('=', ':') is "no-new-privileges" or "no-new-privileges:true");

    /// <inheritdoc/>
    protected override string Message(ServiceDefinition service) =>
        $"{service.Name} can gain privileges: a setuid program in its image can turn a regular user into root.";
}

/// <summary>An attacker must not be able to change the program files.</summary>
internal sealed class RootFileSystemWritableRule() : ProductionRule(new RuleInfo(
    "RootFileSystemWritable",
    null,
    Information,
    "in production, a service with a writable root file system",
    "`read_only: true` with `tmpfs` for the few folders it writes to."))
{
    /// <inheritdoc/>
    protected override string Recommendation => "read_only: true, with tmpfs: [/tmp] for the folders it writes to";

    /// <inheritdoc/>
    protected override bool IsMissing(ServiceDefinition service) => !service.ReadOnly;

    /// <inheritdoc/>
    protected override string Message(ServiceDefinition service) =>
        $"{service.Name} can write to its own program files: an attacker can hide there, and data that is written there is lost with the container.";
}
