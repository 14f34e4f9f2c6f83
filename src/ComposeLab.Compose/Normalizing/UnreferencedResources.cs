using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Normalizing;

/// <summary>Removes the networks, volumes, secrets, configs and models that no active service uses.</summary>
internal static class UnreferencedResources
{
    private static readonly Dictionary<string, Func<MappingNode, IEnumerable<string?>>> Uses = new(StringComparer.Ordinal)
    {
        ["networks"] = service => Keys(service["networks"]),
        ["volumes"] = service => Items(service["volumes"]).Where(mount => mount.Text("type") == "volume").Select(mount => mount.Text("source")),
        ["secrets"] = service => Sources(service["secrets"]).Concat(Sources((service["build"] as MappingNode)?["secrets"])),
        ["configs"] = service => Sources(service["configs"]),
        ["models"] = service => Keys(service["models"]),
    };

    /// <summary>Lists the resources that no service uses, active or not.</summary>
    /// <param name="model">The model with all resources.</param>
    /// <param name="services">All services.</param>
    /// <returns>The unused resources in the files.</returns>
    public static IReadOnlyList<UnusedResource> Of(MappingNode model, IEnumerable<MappingNode> services)
    {
        MappingNode[] all = services.ToArray();
        return model.Entries
            .Where(section => Uses.ContainsKey(section.Key))
            .SelectMany(section => Unused(section.Key, section.Value as MappingNode, all.SelectMany(Uses[section.Key]).ToHashSet(StringComparer.Ordinal)))
            .ToArray();
    }

    private static IEnumerable<UnusedResource> Unused(string kind, MappingNode? resources, HashSet<string?> used) =>
        (resources?.Entries ?? [])
            .Where(entry => entry.KeyOrigin.IsInFile && !used.Contains(entry.Key))
            .Select(entry => new UnusedResource(kind, entry.Key, entry.KeyOrigin));

    public static MappingNode Drop(MappingNode model)
    {
        IEnumerable<MappingNode> services = (model["services"] as MappingNode)?.Entries.Select(entry => entry.Value).OfType<MappingNode>() ?? [];
        return model.Select(entry => Uses.TryGetValue(entry.Key, out var uses) && entry.Value is MappingNode resources
            ? Kept(resources, services.SelectMany(uses).ToHashSet(StringComparer.Ordinal))
            : entry.Value);
    }

    private static MappingNode? Kept(MappingNode resources, HashSet<string?> used) =>
        resources.Select(entry => used.Contains(entry.Key) ? entry.Value : null) is { Count: > 0 } kept ? kept : null;

    private static IEnumerable<string> Keys(Node? node) => (node as MappingNode)?.Entries.Select(entry => entry.Key) ?? [];

    private static IEnumerable<MappingNode> Items(Node? node) => (node as SequenceNode)?.Items.OfType<MappingNode>() ?? [];

    private static IEnumerable<string?> Sources(Node? node) => Items(node).Select(item => item.Text("source"));
}
