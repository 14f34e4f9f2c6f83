using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Production;

/// <summary>A service that leaks is stopped before it takes the machine down.</summary>
internal sealed class MemoryLimitMissingRule() : ProductionRule(new RuleInfo(
    "MemoryLimitMissing",
    null,
    Warning,
    "in production, a service without a memory limit: one leak takes every service of the machine down",
    "`deploy: { resources: { limits: { memory: 512M } } }`, twice of what it needs."))
{
    /// <inheritdoc/>
    protected override string Recommendation => "deploy: { resources: { limits: { memory: 512M } } }";

    /// <inheritdoc/>
    protected override bool IsMissing(ServiceDefinition service) => (service.Deploy?.Resources?.Limits?.Memory ?? service.MemLimit ?? 0) == 0;

    /// <inheritdoc/>
    protected override string Message(ServiceDefinition service) =>
        $"{service.Name} has no memory limit: when it leaks, the kernel picks what it kills on the whole machine.";
}
