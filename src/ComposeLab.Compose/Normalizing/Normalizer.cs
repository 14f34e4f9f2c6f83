using ComposeLab.Compose.Environment;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Normalizing;

/// <summary>Adds what the specification implies: the default network, build defaults, dependencies and names.</summary>
/// <param name="projectName">The project's name.</param>
/// <param name="scope">The variables, for build arguments without a value.</param>
internal sealed class Normalizer(ProjectName projectName, VariableScope scope)
{
    private static readonly string[] NamedResources = ["networks", "volumes", "configs", "secrets"];

    /// <summary>Normalizes a model.</summary>
    /// <param name="root">The model with defaults and absolute paths.</param>
    /// <returns>The normalized model.</returns>
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

/// <summary>Connects services without networks to the network <c>default</c>, which exists only if it is used.</summary>
internal static class ImplicitNetworks
{
    private const string DefaultKey = "default";

    public static MappingNode Add(MappingNode root)
    {
        if (root["services"] is not MappingNode services)
        {
            return root;
        }

        bool used = false;
        MappingNode connected = services.Select(entry =>
        {
            if (entry.Value is not MappingNode service || service.Contains("provider") || service.Contains("network_mode"))
            {
                return entry.Value;
            }

            if (service["networks"] is MappingNode { Count: > 0 } networks)
            {
                used |= networks.Contains(DefaultKey);
                return service;
            }

            used = true;
            return service.With("networks", new NodeBuilder(Origin.Default).Add(DefaultKey, ScalarNode.Null(Origin.Default)).Build());
        });

        MappingNode model = root.With("services", connected);
        MappingNode declared = root["networks"] as MappingNode ?? new MappingNode([], Origin.Default);
        return used && !declared.Contains(DefaultKey)
            ? model.With("networks", declared.With(DefaultKey, ScalarNode.Null(Origin.Default)))
            : model;
    }
}

/// <summary>Adds the dependencies that links, shared namespaces and shared mounts imply.</summary>
internal static class ImpliedDependencies
{
    private static readonly string[] Namespaces = ["network_mode", "ipc", "pid", "uts", "cgroup"];

    public static MappingNode Add(MappingNode service)
    {
        MappingNode known = service["depends_on"] as MappingNode ?? new MappingNode([], Origin.Default);
        MappingNode complete = known;
        foreach ((string name, bool restart, Origin origin) in Of(service))
        {
            if (!complete.Contains(name))
            {
                complete = complete.With(name, Dependency(restart, origin));
            }
        }

        return complete.Count > known.Count ? service.With("depends_on", complete) : service;
    }

    private static IEnumerable<(string Name, bool Restart, Origin Origin)> Of(MappingNode service)
    {
        foreach (ScalarNode link in Items(service["links"]))
        {
            yield return (link.Text.Split(':') is [var name, _] ? name : link.Text, true, link.Origin);
        }

        foreach (string key in Namespaces)
        {
            if (service[key] is ScalarNode shared && shared.Text.StartsWith("service:", StringComparison.Ordinal))
            {
                yield return (shared.Text["service:".Length..], true, shared.Origin);
            }
        }

        foreach (ScalarNode source in Items(service["volumes_from"]))
        {
            if (!source.Text.StartsWith("container:", StringComparison.Ordinal))
            {
                yield return (source.Text.Split(':')[0], false, source.Origin);
            }
        }
    }

    private static IEnumerable<ScalarNode> Items(Node? node) => (node as SequenceNode)?.Items.OfType<ScalarNode>() ?? [];

    private static MappingNode Dependency(bool restart, Origin origin) => new NodeBuilder(origin)
        .Text("condition", "service_started")
        .Flag("restart", restart)
        .Flag("required", true)
        .Build();
}

/// <summary>Copies <c>scale</c> of a service to its <c>deploy</c> block, if it has one.</summary>
internal static class ScaledReplicas
{
    /// <summary>Completes a service whose two numbers are known to be consistent.</summary>
    /// <param name="service">The service in canonical form.</param>
    /// <returns>The service; unchanged if it has no <c>scale</c> or no <c>deploy</c>.</returns>
    public static MappingNode Complete(MappingNode service) =>
        service["scale"] is ScalarNode { IsNull: false } scale && service["deploy"] is MappingNode deploy && !deploy.Contains("replicas")
            ? service.With("deploy", deploy.With("replicas", scale))
            : service;
}
