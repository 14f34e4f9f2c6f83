using System.Diagnostics.CodeAnalysis;

namespace ComposeLab.Compose.Environment;

/// <summary>The variables for interpolation. Immutable.</summary>
/// <param name="variables">The variables by name.</param>
public sealed class VariableScope(IReadOnlyDictionary<string, Variable> variables)
{
    /// <summary>How names are compared.</summary>
    public IEqualityComparer<string> NameComparer { get; } = (variables as Dictionary<string, Variable>)?.Comparer ?? StringComparer.Ordinal;

    /// <summary>The variables by name.</summary>
    public IReadOnlyDictionary<string, Variable> Variables { get; } = variables;

    /// <summary>Finds a variable.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="variable">The variable.</param>
    /// <returns>Whether it is set.</returns>
    public bool TryGet(string name, [NotNullWhen(true)] out Variable? variable) => Variables.TryGetValue(name, out variable);

    /// <summary>Finds a variable.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The variable; null if it is not set.</returns>
    public Variable? Find(string name) => Variables.GetValueOrDefault(name);

    /// <summary>This scope with one more variable, which overrides one of the same name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="variable">Its value.</param>
    /// <returns>The larger scope.</returns>
    public VariableScope With(string name, Variable variable)
    {
        Dictionary<string, Variable> larger = Copy();
        larger[name] = larger.TryGetValue(name, out Variable? weaker) ? variable.Over(weaker) : variable;
        return new VariableScope(larger);
    }

    /// <summary>This scope with the variables of another one at lower precedence.</summary>
    /// <param name="weaker">The variables of lower precedence.</param>
    /// <returns>The larger scope.</returns>
    internal VariableScope Before(IEnumerable<KeyValuePair<string, Variable>> weaker)
    {
        Dictionary<string, Variable> larger = Copy();
        foreach ((string name, Variable variable) in weaker)
        {
            larger[name] = larger.TryGetValue(name, out Variable? stronger) ? stronger.Over(variable) : variable;
        }

        return new VariableScope(larger);
    }

    private Dictionary<string, Variable> Copy()
    {
        var copy = new Dictionary<string, Variable>(Variables.Count + 1, NameComparer);
        foreach ((string name, Variable variable) in Variables)
        {
            copy[name] = variable;
        }

        return copy;
    }
}
