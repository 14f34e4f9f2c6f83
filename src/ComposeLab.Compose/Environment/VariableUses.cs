using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Environment;

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
