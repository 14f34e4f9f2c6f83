using ComposeLab.Compose.Environment;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Normalizing;

/// <summary>Makes explicit what the specification implies: the default network, build defaults, dependencies and names.</summary>
/// <param name="projectName">The project's name.</param>
/// <param name="scope">The variables, for build arguments without a value.</param>
internal sealed class Normalizer(ProjectName projectName, VariableScope scope)
{
    private static readonly string[] NamedResources = ["networks", "volumes", "configs", "secrets"];

    /// <summary>Normalises a model.</summary>
    /// <param name="root">The model with defaults and absolute paths.</param>
    /// <returns>The normalised model.</returns>
    public MappingNode Normalize(MappingNode root)
    {
        MappingNode model = ImplicitNetworks.Add(root.With("name", ScalarNode.String(projectName.Text, projectName.OriginBeside(root["name"]))));
        if (model["services"] is MappingNode services)
        {
            model = model.With("services", services.Select(entry => entry.Value is MappingNode service ? Service(service) : entry.Value));
        }

        foreach (string kind in NamedResources)
        {
            if (model[kind] is MappingNode resources)
            {
                model = model.With(kind, resources.Select(entry => Named(entry.Key, entry.Value)));
            }
        }

        return model;
    }

    private MappingNode Service(MappingNode service)
    {
        MappingNode changed = service;
        if (service.Text("pull_policy") == "if_not_present")
        {
            changed = changed.With("pull_policy", ScalarNode.String("missing", service["pull_policy"]!.Origin));
        }

        if (changed["build"] is MappingNode build)
        {
            changed = changed.With("build", Build(build));
        }

        if (changed["volumes"] is SequenceNode volumes)
        {
            changed = changed.With("volumes", volumes.Select(CleanTarget));
        }

        return WithHookImages(ImpliedDependencies.Add(changed));
    }

    private static MappingNode WithHookImages(MappingNode service) =>
        service["pre_start"] is SequenceNode hooks && service["image"] is ScalarNode { Kind: ScalarKind.String, Text.Length: > 0 } image
            ? service.With("pre_start", hooks.Select(hook => hook is MappingNode mapping ? mapping.WithDefault("image", image) : hook))
            : service;

    private MappingNode Build(MappingNode build)
    {
        MappingNode changed = build;
        if (IsAbsent(build, "context"))
        {
            changed = changed.With("context", ScalarNode.String(".", Origin.Default));
        }

        if (IsAbsent(build, "dockerfile") && IsAbsent(build, "dockerfile_inline"))
        {
            changed = changed.With("dockerfile", ScalarNode.String("Dockerfile", Origin.Default));
        }

        return changed["args"] switch
        {
            MappingNode args => changed.With("args", args.Select(entry => entry.Value is ScalarNode { IsNull: true } ? ValueOf(entry.Key, entry.KeyOrigin) : entry.Value)),
            SequenceNode args => changed.With("args", args.Select(BareArgument)),
            _ => changed,
        };
    }

    private Node? BareArgument(Node item) =>
        item is ScalarNode { Kind: ScalarKind.String } argument && !argument.Text.Contains('=', StringComparison.Ordinal)
            ? ValueOf(argument.Text, argument.Origin) is { } value ? ScalarNode.String($"{argument.Text}={value.Text}", value.Origin) : null
            : item;

    private ScalarNode? ValueOf(string name, Origin origin) => scope.TryGet(name, out Variable? variable)
        ? ScalarNode.String(variable.Value, origin with { Variables = [new VariableUse(name, variable.Source, variable.File, variable.Line)] })
        : null;

    private static Node CleanTarget(Node node) =>
        node is MappingNode mount && mount["target"] is ScalarNode { Kind: ScalarKind.String } target && PosixPath.Clean(target.Text) is var clean && clean != target.Text
            ? mount.With("target", ScalarNode.String(clean, target.Origin))
            : node;

    private MappingNode Named(string key, Node value)
    {
        MappingNode resource = value as MappingNode ?? new MappingNode([], value.Origin);
        if (!IsAbsent(resource, "name"))
        {
            return resource;
        }

        bool external = resource["external"] is ScalarNode { Text: "true" };
        return resource.With("name", ScalarNode.String(external ? key : $"{projectName.Text}_{key}", Origin.Default));
    }

    private static bool IsAbsent(MappingNode node, string key) => node[key] is null or ScalarNode { IsNull: true };
}
