using ComposeLab.Compose.Yaml;

namespace ComposeLab.Engine.Planning;

/// <summary>Something the user should know about a plan.</summary>
/// <param name="Message">One sentence; never a secret.</param>
/// <param name="Service">The service concerned, when there is one.</param>
/// <param name="Origin">Where the compose files say it; null when none does.</param>
/// <param name="Remedy">What the user can do about it; null if there is nothing.</param>
public sealed record PlanWarning(string Message, string? Service = null, Origin? Origin = null, Remedy? Remedy = null);
