using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Production;

/// <summary>A program with the setuid bit gives nobody more rights.</summary>
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
