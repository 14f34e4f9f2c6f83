using ComposeLab.Compose.Model;

namespace ComposeLab.Compose.Rules.Production;

/// <summary>A rule about a setting that every long-running service needs in production. One-time jobs are skipped.</summary>
/// <param name="info">The description of the rule.</param>
internal abstract class ProductionRule(RuleInfo info) : ServiceRule(info)
{
    /// <inheritdoc/>
    protected sealed override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service) =>
        service.Provider is null && service.Replicas > 0 && !context.Dependents.RunsOnce(service) && IsMissing(service)
            ? [context.At(service, Message(service), Recommendation)]
            : [];

    /// <summary>Whether the service lacks it.</summary>
    /// <param name="service">The service.</param>
    protected abstract bool IsMissing(ServiceDefinition service);

    /// <summary>Describes the consequence.</summary>
    /// <param name="service">The service.</param>
    protected abstract string Message(ServiceDefinition service);

    /// <summary>The fix.</summary>
    protected abstract string Recommendation { get; }
}
