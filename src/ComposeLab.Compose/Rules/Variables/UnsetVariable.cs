using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Rules.Variables;

/// <summary>A variable that a value needs and nobody set.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Path">The place in the model.</param>
/// <param name="Origin">Where the value stands.</param>
/// <param name="Service">The service it belongs to; null: none.</param>
internal sealed record UnsetVariable(string Name, string Path, Origin Origin, string? Service);
