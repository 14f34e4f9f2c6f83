using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Diagnostics;

/// <summary>Something that loads but that the author should know.</summary>
/// <param name="Message">One sentence. Never holds a secret.</param>
/// <param name="Origin">Where it stands; null when no file is at fault.</param>
public sealed record ComposeWarning(string Message, Origin? Origin = null);
