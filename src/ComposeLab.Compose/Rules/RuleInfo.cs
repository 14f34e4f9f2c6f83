namespace ComposeLab.Compose.Rules;

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
