using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Rules;

/// <summary>A check of a merged project. A rule is pure: it gets data about the machine only from the context.</summary>
/// <param name="info">The description of the rule.</param>
internal abstract class ConfigRule(RuleInfo info)
{
    /// <summary>The description of the rule.</summary>
    public RuleInfo Info { get; } = info;

    /// <summary>Finds the matches of the rule.</summary>
    /// <param name="context">The project and its environment.</param>
    /// <returns>The matches, in the order of the model.</returns>
    public abstract IEnumerable<RuleMatch> Find(RuleContext context);
}

/// <summary>A rule that checks one service at a time.</summary>
/// <param name="info">The description of the rule.</param>
internal abstract class ServiceRule(RuleInfo info) : ConfigRule(info)
{
    /// <inheritdoc/>
    public sealed override IEnumerable<RuleMatch> Find(RuleContext context) =>
        context.Project.Services.Values.SelectMany(service => Find(context, service));

    /// <summary>Checks one service.</summary>
    /// <param name="context">The project and its environment.</param>
    /// <param name="service">The service.</param>
    /// <returns>The matches.</returns>
    protected abstract IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service);
}

/// <summary>The description of a rule: its line in docs/rules.md.</summary>
/// <param name="Id">The stable id, which users write in files and scripts.</param>
/// <param name="Severity">The severity of its findings; null: it applies only in production.</param>
/// <param name="InProduction">The severity of its findings in production.</param>
/// <param name="Finds">What it finds, as a clause that completes "finds ...".</param>
/// <param name="Remedy">The general fix.</param>
public sealed record RuleInfo(string Id, FindingSeverity? Severity, FindingSeverity InProduction, string Finds, string Remedy)
{
    /// <summary>The severity of findings with a policy.</summary>
    /// <param name="production">Whether the project is for production.</param>
    /// <returns>The severity; null if the rule does not apply.</returns>
    public FindingSeverity? SeverityFor(bool production) => production ? InProduction : Severity;
}

/// <summary>A match of a rule.</summary>
/// <param name="Path">The place in the model, such as <c>services.db.ports[0]</c>; for a file outside the model, its name.</param>
/// <param name="Origin">Its place.</param>
/// <param name="Message">The problem and its consequence. Must not contain secrets.</param>
/// <param name="Recommendation">The fix.</param>
/// <param name="Service">The service; null: the project.</param>
internal sealed record RuleMatch(string Path, Origin Origin, string Message, string Recommendation, string? Service = null);
