using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Environment;

/// <summary>A variable's value and who gave it.</summary>
/// <param name="Value">The value. May be a secret.</param>
/// <param name="Source">Who gave it.</param>
/// <param name="File">The env file that holds it, as its path was given; null for other sources.</param>
/// <param name="Line">Line in that file, from 1; 0 for other sources.</param>
public sealed record Variable(string Value, VariableSource Source, string? File = null, int Line = 0)
{
    /// <summary>The variable of the same name that this one hides: the next one in the order of precedence; null when there is none.</summary>
    public Variable? Shadowed { get; init; }

    /// <summary>This variable, hiding another one behind all that it hides already.</summary>
    /// <param name="weaker">The variable of lower precedence.</param>
    /// <returns>A copy whose chain ends in <paramref name="weaker"/>.</returns>
    public Variable Over(Variable weaker) => this with { Shadowed = Shadowed is null ? weaker : Shadowed.Over(weaker) };
}

/// <summary>Turns variables into the uses that an origin remembers.</summary>
internal static class VariableUses
{
    /// <summary>The use of a variable.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="variable">What is known about it; null when it is unset.</param>
    /// <returns>The use: who gave the value, but not the value.</returns>
    public static VariableUse Of(string name, Variable? variable) =>
        variable is null
            ? new VariableUse(name, VariableSource.None)
            : new VariableUse(name, variable.Source, variable.File, variable.Line);
}
