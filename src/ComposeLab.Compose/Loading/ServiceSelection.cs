using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Validation;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Loading;

/// <summary>Determines the active services of a model.</summary>
internal static class ServiceSelection
{
    /// <summary>Splits a model.</summary>
    /// <param name="model">The canonical model.</param>
    /// <param name="profiles">The active Compose profiles; <c>*</c> enables all.</param>
    /// <param name="names">The selected services; empty: all that the profiles enable.</param>
    /// <returns>The model with the active services, and the others.</returns>
    /// <exception cref="ComposeException">A selected service does not exist.</exception>
    public static (MappingNode Active, MappingNode Disabled) Select(MappingNode model, IReadOnlyList<string> profiles, IReadOnlyList<string> names)
    {
        if (model["services"] is not MappingNode services)
        {
            return (model, new MappingNode([], model.Origin));
        }

        string[] all = [.. profiles, .. names.SelectMany(name => ProfilesOf(Existing(services, name), profiles))];
        var active = services.Entries.Where(entry => IsActive(entry.Value, all)).ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
        HashSet<string> selected = names.Count == 0 ? [.. active.Keys] : WithDependencies(names, active);
        ILookup<bool, MappingEntry> sides = services.Entries.ToLookup(entry => selected.Contains(entry.Key));
        IEnumerable<MappingEntry> kept = names.Count == 0
            ? sides[true]
            : sides[true].Select(entry => entry with { Value = WithoutOthers((MappingNode)entry.Value, selected) });
        return (model.With("services", new MappingNode(kept, services.Origin)), new MappingNode(sides[false], services.Origin));
    }

    private static MappingNode Existing(MappingNode services, string name)
    {
        if (services[name] is MappingNode service)
        {
            return service;
        }

        string[] known = services.Entries.Select(entry => entry.Key).Order(StringComparer.Ordinal).ToArray();
        string? nearest = NearestWord.Of(name, known);
        throw new ComposeException(
            ComposeErrorId.ServiceNotFound,
            $"Service '{name}' not found." + (nearest is null ? "" : $" Did you mean '{nearest}'?"),
            $"Use one of: {NameList.Of(known, NameList.Many)}.");
    }

    // Selecting a service that is already active does not enable its other profiles.
    private static IEnumerable<string> ProfilesOf(MappingNode service, IReadOnlyList<string> active) => IsActive(service, active) ? [] : service.Texts("profiles") ?? [];

    private static bool IsActive(Node service, IReadOnlyList<string> active) =>
        service is not MappingNode mapping
        || mapping["profiles"] is not SequenceNode { Count: > 0 } profiles
        || profiles.Items.OfType<ScalarNode>().Any(profile => active.Contains(profile.Text) || active.Contains("*"));

    private static HashSet<string> WithDependencies(IReadOnlyList<string> names, Dictionary<string, Node> active)
    {
        var selected = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<string>(names);
        while (pending.TryPop(out string? name))
        {
            if (active.TryGetValue(name, out Node? service) && selected.Add(name))
            {
                foreach (MappingEntry dependency in ((service as MappingNode)?["depends_on"] as MappingNode)?.Entries ?? [])
                {
                    pending.Push(dependency.Key);
                }
            }
        }

        return selected;
    }

    // Dependencies that are not required and not selected are removed. A missing required one is an error later.
    private static MappingNode WithoutOthers(MappingNode service, HashSet<string> selected) => service["depends_on"] is MappingNode dependencies
        ? service.With("depends_on", dependencies.Select(entry =>
            selected.Contains(entry.Key) || entry.Value is MappingNode dependency && dependency.Flag("required") != false ? entry.Value : null))
        : service;
}
