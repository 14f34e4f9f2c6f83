using ComposeLab.Compose.Model;

namespace ComposeLab.Compose.Rules.Production;

/// <summary>A rule about something that every long-running service has in production. What runs once and ends is left alone.</summary>
/// <param name="info">What is to be known about it.</param>
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

    /// <summary>Says what follows.</summary>
    /// <param name="service">The service.</param>
    protected abstract string Message(ServiceDefinition service);

    /// <summary>What to write.</summary>
    protected abstract string Recommendation { get; }
}
