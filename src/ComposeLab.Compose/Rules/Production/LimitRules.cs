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

/// <summary>A log that is not rotated fills the disk.</summary>
internal sealed class LogUnlimitedRule() : ProductionRule(new RuleInfo(
    "LogUnlimited",
    null,
    Information,
    "in production, a service whose log has no limit: `json-file`, which an engine uses unless it is told otherwise, keeps every line until the container is removed",
    "`logging: { driver: local }`, which turns itself over at 100 MB, or `options: { max-size: 10m }` for `json-file`."))
{
    private const string Unlimited = "json-file";

    /// <inheritdoc/>
    protected override string Recommendation => "logging: { driver: local }";

    /// <inheritdoc/>
    protected override bool IsMissing(ServiceDefinition service) =>
        (service.Logging?.Driver ?? Unlimited) == Unlimited && service.Logging?.Options.ContainsKey("max-size") != true;

    /// <inheritdoc/>
    protected override string Message(ServiceDefinition service) =>
        $"The log of {service.Name} has no limit: it grows until the disk is full, unless the engine's own configuration sets one.";
}

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
