using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Production;

/// <summary>A log that nobody turns over fills the disk.</summary>
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
