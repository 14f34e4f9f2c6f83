using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Production;

/// <summary>A service comes back after a crash and after a restart of the machine.</summary>
internal sealed class RestartPolicyMissingRule() : ProductionRule(new RuleInfo(
    "RestartPolicyMissing",
    null,
    Warning,
    "in production, a service without `restart`: it stays down after a crash or a restart of the machine",
    "`restart: unless-stopped`; for something that runs once, `restart: \"no\"`."))
{
    /// <inheritdoc/>
    protected override string Recommendation => "restart: unless-stopped (or restart: \"no\" if it runs once)";

    /// <inheritdoc/>
    protected override bool IsMissing(ServiceDefinition service) => service.Restart is null && service.Deploy?.RestartPolicy is null;

    /// <inheritdoc/>
    protected override string Message(ServiceDefinition service) =>
        $"{service.Name} has no restart policy: after a crash or a restart of the machine it stays down.";
}
