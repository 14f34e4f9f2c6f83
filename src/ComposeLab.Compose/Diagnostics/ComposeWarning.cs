using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Diagnostics;

/// <summary>Something that loads but that the author should know.</summary>
/// <param name="Id">What it is about.</param>
/// <param name="Message">One sentence. Never holds a secret.</param>
/// <param name="Origin">Where it stands; null when no file is at fault.</param>
public sealed record ComposeWarning(ComposeWarningId Id, string Message, Origin? Origin = null);
