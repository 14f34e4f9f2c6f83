using ComposeLab.Compose.Environment;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A Compose file that took part in a project, as it was written: before variables, merging and defaults.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Display">Its path as origins and messages show it.</param>
/// <param name="Text">Its text.</param>
/// <param name="Documents">Its documents, without what is tagged <c>!reset</c>.</param>
/// <param name="Variables">The variables that its expressions see. Holds secrets: never print their values.</param>
public sealed record SourceFile(string Path, string Display, string Text, IReadOnlyList<MappingNode> Documents, VariableScope Variables);
