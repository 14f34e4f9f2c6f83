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
