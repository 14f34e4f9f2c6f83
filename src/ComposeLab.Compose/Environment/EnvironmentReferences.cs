using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Environment;

/// <summary>Resolves bare names: <c>environment: [NAME]</c> of a service, <c>environment: NAME</c> of a config.</summary>
public static class EnvironmentReferences
{
    private const string EnvironmentKey = "environment";

    /// <summary>Resolves the references of the merged model, before defaults and normalizing.</summary>
    /// <param name="root">The merged model in long syntax; <c>environment</c> of a service may be a list or a mapping.</param>
    /// <param name="scope">The project's variables.</param>
    /// <returns>The model with values. The content of a secret is never included.</returns>
    public static MappingNode Resolve(MappingNode root, VariableScope scope)
    {
        root = InEach(root, "services", service => WithServiceValues(service, scope));
        return InEach(root, "configs", config => WithContent(config, scope));
    }

    private static MappingNode InEach(MappingNode root, string section, Func<MappingNode, MappingNode> change) =>
        root[section] is MappingNode members
            ? root.With(section, members.Select(entry => entry.Value is MappingNode member ? change(member) : entry.Value))
            : root;

    private static MappingNode WithServiceValues(MappingNode service, VariableScope scope)
    {
        if (service[EnvironmentKey] is not SequenceNode list)
        {
            return service;
        }

        return service.With(EnvironmentKey, list.Select(item =>
            item is ScalarNode scalar && scope.TryGet(scalar.Text, out Variable? variable)
                ? ScalarNode.String($"{scalar.Text}={variable.Value}", Used(scalar.Origin, scalar.Text, variable))
                : item));
    }

    private static MappingNode WithContent(MappingNode config, VariableScope scope) =>
        config[EnvironmentKey] is ScalarNode name && scope.TryGet(name.Text, out Variable? variable)
            ? config.With("content", ScalarNode.String(variable.Value, Used(name.Origin, name.Text, variable)))
            : config;

    private static Origin Used(Origin origin, string name, Variable variable) =>
        origin with { Variables = [.. origin.Variables, VariableUses.Of(name, variable)] };
}
