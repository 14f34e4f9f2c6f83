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
    public abstract IEnumerable<Spot> Find(RuleContext context);
}
