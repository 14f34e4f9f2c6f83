using ComposeLab.Compose.Environment;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Secrets;

/// <summary>Collects the values that are secret in a project, so that they can be hidden everywhere.</summary>
public static class KnownSecrets
{
    // A shorter value would hide unrelated words.
    private const int ShortestSecret = 4;
    private const int ShortestNumber = 6;

    /// <summary>Creates the mask for one or more projects: it hides the values of secret variables and of the projects' secrets in every text.</summary>
    /// <param name="projects">The projects.</param>
    /// <returns>The mask.</returns>
    public static SecretMask MaskOf(params ComposeProject[] projects)
    {
        HashSet<string> names = [.. projects.SelectMany(project => SecretVariables(project.Tree))];
        return MaskOf(
            projects.SelectMany(project => project.Environment.Concat(ServiceVariables(project.Tree)).Concat(IncludedVariables(project))),
            names.Contains,
            projects.SelectMany(project => Words(project.Tree)));
    }

    /// <summary>Creates the mask for the variables of a project that is still being loaded.</summary>
    /// <param name="variables">The variables.</param>
    /// <returns>The mask.</returns>
    internal static SecretMask MaskOf(VariableScope variables) =>
        MaskOf(variables.Variables.Select(variable => KeyValuePair.Create(variable.Key, variable.Value.Value)), static _ => false, []);

    // The env files of included projects.
    private static IEnumerable<KeyValuePair<string, string>> IncludedVariables(ComposeProject project) => project.Sources
        .Select(source => source.Variables).Distinct()
        .SelectMany(scope => scope.Variables.Select(variable => KeyValuePair.Create(variable.Key, variable.Value.Value)));

    private static SecretMask MaskOf(IEnumerable<KeyValuePair<string, string>> variables, Func<string, bool> isSecret, IEnumerable<string> words)
    {
        var all = variables.ToList();
        // A password such as "postgres" that is also the name of an image would make texts unreadable.
        var known = new HashSet<string>(words.Concat(all.Where(pair => !Secret(pair)).Select(pair => pair.Value)), StringComparer.OrdinalIgnoreCase);
        return new SecretMask(all.Where(Secret).Select(pair => pair.Value).Where(value => IsDistinctive(value) && !known.Contains(value)));

        bool Secret(KeyValuePair<string, string> pair) => isSecret(pair.Key) || SecretNames.IsSecret(pair.Key);
    }

    private static bool IsDistinctive(string value) =>
        value.Length >= ShortestSecret
        && value is not ("true" or "false" or "null" or "none")
        && (value.Length >= ShortestNumber || !value.All(char.IsAsciiDigit));

    // secrets: { x: { environment: VAR } } makes VAR a secret, regardless of its name.
    private static IEnumerable<string> SecretVariables(MappingNode tree) =>
        (tree["secrets"] as MappingNode)?.Entries.Select(entry => (entry.Value as MappingNode)?["environment"]).OfType<ScalarNode>().Select(scalar => scalar.Text) ?? [];

    private static IEnumerable<KeyValuePair<string, string>> ServiceVariables(MappingNode tree) =>
        from service in Services(tree)
        from entry in (service["environment"] as MappingNode)?.Entries ?? []
        where entry.Value is ScalarNode { IsNull: false }
        select KeyValuePair.Create(entry.Key, ((ScalarNode)entry.Value).Text);

    private static IEnumerable<string> Words(MappingNode tree)
    {
        foreach (string key in (string[])["services", "networks", "volumes", "secrets", "configs"])
        {
            foreach (MappingEntry entry in (tree[key] as MappingNode)?.Entries ?? [])
            {
                yield return entry.Key;
            }
        }

        foreach (MappingNode service in Services(tree))
        {
            foreach (string part in ((service["image"] as ScalarNode)?.Text ?? "").Split('/', ':', '@'))
            {
                yield return part;
            }
        }
    }

    private static IEnumerable<MappingNode> Services(MappingNode tree) => (tree["services"] as MappingNode)?.Entries.Select(entry => entry.Value).OfType<MappingNode>() ?? [];
}
