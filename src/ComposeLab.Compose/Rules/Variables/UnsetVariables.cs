using ComposeLab.Compose.Rules.Secrets;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Variables;

/// <summary>Finds the variables that the merged model needs and that are not set.</summary>
internal static class UnsetVariables
{
    /// <summary>Lists them, each at its first use.</summary>
    /// <param name="context">The project.</param>
    public static IEnumerable<UnsetVariable> Of(RuleContext context) =>
        Walk(context.Project.Tree, "", null)
            .Where(unset => !IsAlternative(context, unset))
            .OrderBy(unset => unset.Origin.File, StringComparer.Ordinal).ThenBy(unset => unset.Origin.Line).ThenBy(unset => unset.Origin.Column)
            .DistinctBy(unset => unset.Name);

    // ${NAME:+words} checks whether the variable is set, so it does not need to be.
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

/// <summary>A variable that a value needs and that is not set.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Path">The place in the model.</param>
/// <param name="Origin">The place of the value.</param>
/// <param name="Service">The service it belongs to, or null.</param>
internal sealed record UnsetVariable(string Name, string Path, Origin Origin, string? Service);

/// <summary>A variable that is not set and has no default is a mistake, or should be marked as intended.</summary>
internal sealed class VariableUnsetRule() : ConfigRule(new RuleInfo(
    "VariableUnset",
    Warning,
    Warning,
    "a variable that is not set and has no default: it is replaced by an empty string",
    "Set it in `.env`, add a default (`${NAME:-value}`), require it (`${NAME:?}`), or allow it to be empty (`${NAME:-}`)."))
{
    /// <inheritdoc/>
    public override IEnumerable<RuleMatch> Find(RuleContext context) => UnsetVariables.Of(context)
        .Where(unset => !SecretNames.Contains(unset.Name))
        .Select(unset => new RuleMatch(
            unset.Path,
            unset.Origin,
            $"{unset.Name} is not set and is replaced by an empty string here.",
            $"Set it in .env, or write ${{{unset.Name}:-default}}, ${{{unset.Name}:?}} to require it, or ${{{unset.Name}:-}} if it may be empty.",
            unset.Service));
}

/// <summary>A password that is not set is an empty password.</summary>
internal sealed class SecretUnsetRule() : ConfigRule(new RuleInfo(
    "SecretUnset",
    Warning,
    Error,
    "a variable for a password, key or token that is not set and has no default: the secret is empty",
    "Require it, `${DB_PASSWORD:?}`, and set it in `.env`."))
{
    /// <inheritdoc/>
    public override IEnumerable<RuleMatch> Find(RuleContext context) => UnsetVariables.Of(context)
        .Where(unset => SecretNames.Contains(unset.Name))
        .Select(unset => new RuleMatch(
            unset.Path,
            unset.Origin,
            $"{unset.Name} is not set: the secret is empty.",
            $"Require it, ${{{unset.Name}:?set it in .env}}, and set it in .env.",
            unset.Service));
}
