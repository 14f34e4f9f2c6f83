using System.Management.Automation;
using ComposeLab.Compose.Rules;
using ComposeLab.Errors;

namespace ComposeLab.Policy;

/// <summary>The rules that the user selected, by names with wildcards.</summary>
internal sealed class RuleChoice
{
    private readonly WildcardPattern[] _included;
    private readonly WildcardPattern[] _excluded;

    /// <summary>Creates the choice.</summary>
    /// <param name="included">The rules to check; empty for all.</param>
    /// <param name="excluded">The rules to skip.</param>
    /// <exception cref="LabException">RuleNotFound: a name matches no rule.</exception>
    public RuleChoice(IEnumerable<string> included, IEnumerable<string> excluded)
    {
        _included = [.. included.Select(Known)];
        _excluded = [.. excluded.Select(Known)];
    }

    /// <summary>Whether a rule was selected.</summary>
    /// <param name="rule">The rule's name.</param>
    public bool Holds(string rule) =>
        (_included.Length == 0 || _included.Any(pattern => pattern.IsMatch(rule))) && !_excluded.Any(pattern => pattern.IsMatch(rule));

    // A misspelled name must not look like a clean result.
    private static WildcardPattern Known(string name)
    {
        var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
        return RuleCatalog.All.Any(rule => pattern.IsMatch(rule.Id))
            ? pattern
            : throw new LabException(LabErrorId.RuleNotFound, $"Rule '{name}' does not exist.", "Run Get-LabConfigRule to list the rules", name);
    }
}
