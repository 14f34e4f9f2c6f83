using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Production;

/// <summary>A memory leak must not bring down the machine.</summary>
internal sealed class MemoryLimitMissingRule() : ProductionRule(new RuleInfo(
    "MemoryLimitMissing",
    null,
    Warning,
    "in production, a service without a memory limit: one leak can bring down every service on the machine",
    "`deploy: { resources: { limits: { memory: 512M } } }`, about twice what it needs."))
{
    /// <inheritdoc/>
    protected override string Recommendation => "deploy: { resources: { limits: { memory: 512M } } }";

    /// <inheritdoc/>
    protected override bool IsMissing(ServiceDefinition service) => (service.Deploy?.Resources?.Limits?.Memory ?? service.MemLimit ?? 0) == 0;

    /// <inheritdoc/>
    protected override string Message(ServiceDefinition service) =>
        $"{service.Name} has no memory limit: if it leaks memory, the kernel can kill any process on the machine.";
}

/// <summary>A log without rotation fills the disk.</summary>
internal sealed class LogUnlimitedRule() : ProductionRule(new RuleInfo(
    "LogUnlimited",
    null,
    Information,
    "in production, a service without a log limit: `json-file`, the engine's default, keeps every line until the container is removed",
    "`logging: { driver: local }`, which rotates at 100 MB, or `options: { max-size: 10m }` for `json-file`."))
{
    private const string Unlimited = "json-file";

    /// <inheritdoc/>
    protected override string Recommendation => "logging: { driver: local }";

    /// <inheritdoc/>
    protected override bool IsMissing(ServiceDefinition service) =>
        (service.Logging?.Driver ?? Unlimited) == Unlimited && service.Logging?.Options.ContainsKey("max-size") != true;

    /// <inheritdoc/>
    protected override string Message(ServiceDefinition service) =>
        $"The log of {service.Name} has no limit: it grows until the disk is full, unless the engine's configuration sets a limit.";
}

/// <summary>A service must restart after a crash or a reboot.</summary>
internal sealed class RestartPolicyMissingRule() : ProductionRule(new RuleInfo(
    "RestartPolicyMissing",
    null,
    Warning,
    "in production, a service without `restart`: it is not restarted after a crash or a reboot",
    "`restart: unless-stopped`; for a one-time job, `restart: \"no\"`."))
{
    /// <inheritdoc/>
    protected override string Recommendation => "restart: unless-stopped (or restart: \"no\" if it runs once)";

    /// <inheritdoc/>
    protected override bool IsMissing(ServiceDefinition service) => service.Restart is null && service.Deploy?.RestartPolicy is null;

    /// <inheritdoc/>
    protected override string Message(ServiceDefinition service) =>
        $"{service.Name} has no restart policy: it is not restarted after a crash or a reboot.";
}
