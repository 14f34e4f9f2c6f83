using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Merging;

/// <summary>Merges an attribute of a later file into that of an earlier one.</summary>
/// <param name="earlier">The value so far.</param>
/// <param name="later">The value to merge into it.</param>
/// <param name="place">Where they are.</param>
/// <returns>The merged value.</returns>
internal delegate Node MergeRule(Node earlier, Node later, MergePlace place);

/// <summary>A place in the model during a merge.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Type">Its type; null if the specification does not define it.</param>
internal readonly record struct MergePlace(ModelPath Path, AttributeType? Type)
{
    /// <summary>The place of a key below this one.</summary>
    /// <param name="key">The key.</param>
    public MergePlace Below(string key) => new(Path.Below(key), Type?.Below(key));

    /// <summary>Creates the error for two values of different forms.</summary>
    /// <param name="earlier">The value so far.</param>
    /// <param name="later">The value that does not match.</param>
    public ComposeException Conflict(Node earlier, Node later) => ComposeException.At(
        ComposeErrorId.MergeConflict,
        $"Cannot override {Path}: expected {NodeDescription.Of(earlier)} as in {earlier.Origin}, found {NodeDescription.Of(later)}.",
        "Write both values in the same form, or tag the later one '!override' to replace the earlier one.",
        later.Origin,
        Path.ToString());
}

/// <summary>Merges two models: mappings key by key, lists by appending, anything else by replacing, except where a type has a merge rule.</summary>
internal static class Merger
{
    /// <summary>Merges a later model into an earlier one.</summary>
    /// <param name="earlier">The model so far.</param>
    /// <param name="later">The model to merge into it.</param>
    /// <returns>The merged model; replaced values are kept in the origins of their successors.</returns>
    public static MappingNode Merge(MappingNode earlier, MappingNode later) =>
        MergeMappings(earlier, later, new MergePlace(ModelPath.Root, ProjectAttributes.Type));

    /// <summary>Merges a service into the one it extends.</summary>
    /// <param name="extended">The extended service.</param>
    /// <param name="service">The extending service.</param>
    /// <param name="name">Its name, for errors.</param>
    /// <returns>The merged service.</returns>
    public static MappingNode MergeService(MappingNode extended, MappingNode service, string name) =>
        MergeMappings(extended, service, new MergePlace(ModelPath.Root.Below("services").Below(name), ServiceAttributes.Type));

    /// <summary>Merges a member of a section, such as a network, into an earlier definition of it.</summary>
    /// <param name="earlier">The earlier definition.</param>
    /// <param name="later">The later one.</param>
    /// <param name="section">The section.</param>
    /// <param name="name">The member's name.</param>
    public static Node MergeMember(Node earlier, Node later, string section, string name) =>
        Merge(earlier, later, new MergePlace(ModelPath.Root, ProjectAttributes.Type).Below(section).Below(name));

    /// <summary>Merges two mappings key by key.</summary>
    /// <param name="earlier">The mapping so far.</param>
    /// <param name="later">The mapping to merge into it.</param>
    /// <param name="place">Where they are.</param>
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

    /// <summary>Replaces an earlier value by a later one, and keeps the earlier one in its origin.</summary>
    /// <param name="earlier">The value so far.</param>
    /// <param name="later">The value that replaces it.</param>
    public static Node Replace(Node earlier, Node later) => later.WithOrigin(later.Origin.Replacing(earlier.Origin));

    private static Node Merge(Node earlier, Node later, MergePlace place)
    {
        if (place.Type?.Merge is { } rule)
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
