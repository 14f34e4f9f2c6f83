using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Merging;

/// <summary>How a value of a later file joins one of an earlier file.</summary>
/// <param name="earlier">The value so far.</param>
/// <param name="later">The value that joins.</param>
/// <param name="place">Where the two stand.</param>
/// <returns>The merged value.</returns>
internal delegate Node MergeRule(Node earlier, Node later, MergePlace place);
