using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Environment;

/// <summary>A variable's value and its source.</summary>
/// <param name="Value">The value. May be a secret.</param>
/// <param name="Source">The source of the value.</param>
/// <param name="File">The env file that contains it, with its path as specified; null for other sources.</param>
/// <param name="Line">Line in that file, from 1; 0 for other sources.</param>
public sealed record Variable(string Value, VariableSource Source, string? File = null, int Line = 0)
{
    /// <summary>The variable of the same name that this one overrides, with the next lower precedence; null if there is none.</summary>
    public Variable? Shadowed { get; init; }

    /// <summary>This variable, overriding another one after all that it already overrides.</summary>
    /// <param name="weaker">The variable of lower precedence.</param>
    /// <returns>A copy whose chain ends in <paramref name="weaker"/>.</returns>
    public Variable Over(Variable weaker) => this with { Shadowed = Shadowed is null ? weaker : Shadowed.Over(weaker) };
}

/// <summary>Converts variables to the uses in an origin.</summary>
internal static class VariableUses
{
    /// <summary>The use of a variable.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="variable">The variable; null if it is not set.</param>
    /// <returns>The use: the source of the value, but not the value.</returns>
    public static VariableUse Of(string name, Variable? variable) =>
        variable is null
            ? new VariableUse(name, VariableSource.None)
            : new VariableUse(name, variable.Source, variable.File, variable.Line);
}
