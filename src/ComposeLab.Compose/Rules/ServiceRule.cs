using ComposeLab.Compose.Model;

namespace ComposeLab.Compose.Rules;

/// <summary>A rule that looks at one service at a time.</summary>
/// <param name="info">What is to be known about it.</param>
internal abstract class ServiceRule(RuleInfo info) : ConfigRule(info)
{
    /// <inheritdoc/>
    public sealed override IEnumerable<Spot> Find(RuleContext context) =>
        context.Project.Services.Values.SelectMany(service => Find(context, service));

    /// <summary>Looks at one service.</summary>
    /// <param name="context">The project and what is known about its surroundings.</param>
    /// <param name="service">The service.</param>
    /// <returns>The places.</returns>
    protected abstract IEnumerable<Spot> Find(RuleContext context, ServiceDefinition service);
}
