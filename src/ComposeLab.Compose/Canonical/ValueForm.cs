using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Canonical;

/// <summary>Brings a value into the one spelling its attribute has.</summary>
/// <param name="value">The value, never null.</param>
/// <returns>The value in its spelling; null when it says nothing and is left out.</returns>
internal delegate Node? ValueForm(Node value);
