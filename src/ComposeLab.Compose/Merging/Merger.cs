using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Merging;

/// <summary>Merges two models: mappings key by key, lists by appending, anything else by replacing, except where <see cref="MergeRules"/> say otherwise.</summary>
internal static class Merger
{
    private static readonly MergePlace Top = new(null, "", MergeRules.Table);

    /// <summary>Merges a later model into an earlier one.</summary>
    /// <param name="earlier">The model so far.</param>
    /// <param name="later">The model that joins.</param>
    /// <returns>The merged model; replaced values stand in the origins of their successors.</returns>
    public static MappingNode Merge(MappingNode earlier, MappingNode later) => MergeMappings(earlier, later, Top);

    /// <summary>Merges a service into the one it extends.</summary>
    /// <param name="extended">The extended service.</param>
    /// <param name="service">The extending service.</param>
    /// <param name="name">Its name, for errors.</param>
    /// <returns>The merged service.</returns>
    public static MappingNode MergeService(MappingNode extended, MappingNode service, string name) =>
        MergeMappings(extended, service, Top.Below("services").Below(name));

    /// <summary>Merges two mappings key by key.</summary>
    /// <param name="earlier">The mapping so far.</param>
    /// <param name="later">The mapping that joins.</param>
    /// <param name="place">Where they stand.</param>
    /// <returns>The merged mapping.</returns>
    public static MappingNode MergeMappings(MappingNode earlier, MappingNode later, MergePlace place)
    {
        if (earlier.Count == 0)
        {
            return later;
        }

        if (later.Count == 0)
        {
            return earlier;
        }

        var entries = new List<MappingEntry>(earlier.Count + later.Count);
        foreach (MappingEntry entry in earlier.Entries)
        {
            entries.Add(later.TryGet(entry.Key, out Node? other)
                ? entry with { Value = Merge(entry.Value, other, place.Below(entry.Key)) }
                : entry);
        }

        entries.AddRange(later.Entries.Where(entry => !earlier.Contains(entry.Key)));
        return new MappingNode(entries, earlier.Origin);
    }

    /// <summary>The later value, remembering the earlier one as replaced.</summary>
    /// <param name="earlier">The replaced value.</param>
    /// <param name="later">The value that stays.</param>
    /// <returns>The later value with a longer chain of origins.</returns>
    public static Node Replace(Node earlier, Node later) => later.WithOrigin(later.Origin.Replacing(earlier.Origin));

    private static Node Merge(Node earlier, Node later, MergePlace place)
    {
        if (place.Rules?.Rule is { } rule)
        {
            return rule(earlier, later, place);
        }

        return (earlier, later) switch
        {
            (_, ScalarNode { IsNull: true }) => earlier,
            (MappingNode before, MappingNode after) => MergeMappings(before, after, place),
            (SequenceNode before, SequenceNode after) => new SequenceNode(before.Items.Concat(after.Items), before.Origin),
            (MappingNode or SequenceNode, _) => throw place.Conflict(earlier, later),
            _ => Replace(earlier, later),
        };
    }
}
