using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Rules.Variables;

/// <summary>Finds the variables that the merged model needs and nobody set.</summary>
internal static class UnsetVariables
{
    /// <summary>Lists them, each where it is used first.</summary>
    /// <param name="context">The project.</param>
    public static IEnumerable<UnsetVariable> Of(RuleContext context) =>
        Walk(context.Project.Tree, "", null)
            .Where(unset => !IsAlternative(context, unset))
            .OrderBy(unset => unset.Origin.File, StringComparer.Ordinal).ThenBy(unset => unset.Origin.Line).ThenBy(unset => unset.Origin.Column)
            .DistinctBy(unset => unset.Name);

    // ${NAME:+words} asks whether the variable is set: being unset is one of the two answers.
    private static bool IsAlternative(RuleContext context, UnsetVariable unset) =>
        context.Raw.At(unset.Origin) is { } written
        && (written.Contains($"${{{unset.Name}:+", StringComparison.Ordinal) || written.Contains($"${{{unset.Name}+", StringComparison.Ordinal));

    private static IEnumerable<UnsetVariable> Walk(Node node, string path, string? service)
    {
        switch (node)
        {
            case MappingNode mapping:
                return mapping.Entries.SelectMany(entry =>
                    Walk(entry.Value, path.Length == 0 ? entry.Key : $"{path}.{entry.Key}", path == "services" ? entry.Key : service));
            case SequenceNode list:
                return list.Items.SelectMany((item, index) => Walk(item, $"{path}[{index}]", service));
            default:
                return node.Origin.Variables
                    .Where(use => use.Source == VariableSource.None)
                    .Select(use => new UnsetVariable(use.Name, path, node.Origin, service));
        }
    }
}
