using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Rules;

/// <summary>A place where a rule found something.</summary>
/// <param name="Path">The place in the model, such as <c>services.db.ports[0]</c>; for a file outside the model, its name.</param>
/// <param name="Origin">Where it stands.</param>
/// <param name="Message">What is there and what follows from it. Never holds a secret.</param>
/// <param name="Recommendation">What to write or type instead.</param>
/// <param name="Service">The service it is about; null: the project.</param>
internal sealed record Spot(string Path, Origin Origin, string Message, string Recommendation, string? Service = null);
