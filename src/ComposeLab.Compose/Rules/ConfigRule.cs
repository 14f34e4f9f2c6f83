using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Rules;

/// <summary>A question put to a merged project. A rule is pure: what it may know of the machine it asks the context.</summary>
/// <param name="info">What is to be known about it.</param>
internal abstract class ConfigRule(RuleInfo info)
{
    /// <summary>What is to be known about the rule.</summary>
    public RuleInfo Info { get; } = info;

    /// <summary>Looks for what the rule finds.</summary>
    /// <param name="context">The project and what is known about its surroundings.</param>
    /// <returns>The places, in the order of the model.</returns>
    public abstract IEnumerable<RuleMatch> Find(RuleContext context);
}

/// <summary>A rule that looks at one service at a time.</summary>
/// <param name="info">What is to be known about it.</param>
internal abstract class ServiceRule(RuleInfo info) : ConfigRule(info)
{
    /// <inheritdoc/>
    public sealed override IEnumerable<RuleMatch> Find(RuleContext context) =>
        context.Project.Services.Values.SelectMany(service => Find(context, service));

    /// <summary>Looks at one service.</summary>
    /// <param name="context">The project and what is known about its surroundings.</param>
    /// <param name="service">The service.</param>
    /// <returns>The places.</returns>
    protected abstract IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service);
}

/// <summary>What is to be known about a rule: the line of docs/rules.md.</summary>
/// <param name="Id">The stable id: users write it into their files and scripts.</param>
/// <param name="Severity">How much its findings matter; null: it is only asked in production.</param>
/// <param name="InProduction">How much its findings matter in production.</param>
/// <param name="Finds">What it finds, as a clause that completes "finds ...".</param>
/// <param name="Remedy">What to do about it, in general.</param>
public sealed record RuleInfo(string Id, FindingSeverity? Severity, FindingSeverity InProduction, string Finds, string Remedy)
{
    /// <summary>How much findings matter under a policy.</summary>
    /// <param name="production">Whether the project is meant for production.</param>
    /// <returns>The severity; null when the rule is not asked.</returns>
    public FindingSeverity? SeverityFor(bool production) => production ? InProduction : Severity;
}

/// <summary>A place where a rule found something.</summary>
/// <param name="Path">The place in the model, such as <c>services.db.ports[0]</c>; for a file outside the model, its name.</param>
/// <param name="Origin">Where it stands.</param>
/// <param name="Message">What is there and what follows from it. Never holds a secret.</param>
/// <param name="Recommendation">What to write or type instead.</param>
/// <param name="Service">The service it is about; null: the project.</param>
internal sealed record RuleMatch(string Path, Origin Origin, string Message, string Recommendation, string? Service = null);
