using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Environment;

/// <summary>A place in a Compose file that uses a variable.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Origin">Where its name stands.</param>
/// <param name="Default">The default that the place gives, as written; null when it gives none.</param>
/// <param name="IsRequired">Whether the place refuses an unset variable.</param>
/// <param name="Scope">The variables that the place sees.</param>
public sealed record VariableReference(string Name, Origin Origin, string? Default, bool IsRequired, VariableScope Scope);
