using ComposeLab.Compose.Diagnostics;

namespace ComposeLab.Compose.Yaml;

/// <summary>A document of a file.</summary>
/// <param name="Root">Its content without <c>!reset</c> and <c>!override</c>.</param>
/// <param name="ReplacedPaths">The places that had these tags.</param>
internal sealed record YamlDocument(Node Root, IReadOnlyList<ModelPath> ReplacedPaths);
