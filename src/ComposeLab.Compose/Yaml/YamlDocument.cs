namespace ComposeLab.Compose.Yaml;

/// <summary>One document of a file.</summary>
/// <param name="Root">Its content, without tags.</param>
/// <param name="ReplacedPaths">The paths under <c>!reset</c> and <c>!override</c>: what earlier documents say there is forgotten.</param>
internal sealed record YamlDocument(Node Root, IReadOnlyList<string[]> ReplacedPaths);
