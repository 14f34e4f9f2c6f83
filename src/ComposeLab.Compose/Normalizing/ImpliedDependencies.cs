using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Normalizing;

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
