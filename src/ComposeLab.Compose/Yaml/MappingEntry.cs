namespace ComposeLab.Compose.Yaml;

/// <summary>A key and its value.</summary>
/// <param name="Key">The key; always text in a Compose file.</param>
/// <param name="Value">The value.</param>
/// <param name="KeyOrigin">Where the key was written (a nested value may begin lines later).</param>
public readonly record struct MappingEntry(string Key, Node Value, Origin KeyOrigin);
