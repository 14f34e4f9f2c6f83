using System.Management.Automation;

namespace ComposeLab.Stacks;

/// <summary>Names with wildcards, as users type them.</summary>
/// <param name="names">The names.</param>
internal sealed class NamePatterns(IReadOnlyList<string> names)
{
    private readonly WildcardPattern[] _patterns = [.. names.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase))];

    /// <summary>Whether one of them matches.</summary>
    /// <param name="name">A name that exists.</param>
    /// <returns>True if it matches.</returns>
    public bool Match(string name) => Array.Exists(_patterns, pattern => pattern.IsMatch(name));

    /// <summary>Finds the names without wildcards that do not exist. A pattern that matches nothing is not an error.</summary>
    /// <param name="known">The names that exist.</param>
    /// <returns>The names as they were typed.</returns>
    public IEnumerable<string> Unmatched(IEnumerable<string> known)
    {
        string[] all = [.. known];
        return names.Where(name =>
            !WildcardPattern.ContainsWildcardCharacters(name) && !all.Contains(name, StringComparer.OrdinalIgnoreCase));
    }
}
