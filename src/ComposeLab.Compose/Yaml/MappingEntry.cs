namespace ComposeLab.Compose.Yaml;

/// <summary>A key and its value. A class, because the runtime has precompiled its collections for references only.</summary>
/// <param name="Key">The key; always text in a Compose file.</param>
/// <param name="Value">The value.</param>
/// <param name="KeyOrigin">Where the key was written (a nested value may begin lines later).</param>
public sealed record MappingEntry(string Key, Node Value, Origin KeyOrigin);
