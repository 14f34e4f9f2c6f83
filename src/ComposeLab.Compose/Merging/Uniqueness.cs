using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Merging;

/// <summary>Lists whose items have an identity hold each identity once: a later item takes the place of the earlier one.</summary>
internal static class Uniqueness
{
    /// <summary>Says what makes an item the same item.</summary>
    /// <param name="item">The item.</param>
    /// <returns>Its identity; null: the item lacks it.</returns>
    internal delegate string? Identity(Node item);

    /// <summary>The lists, by path.</summary>
    public static PathTable<Identity> Lists { get; } = new(
    [
        ("networks.*.labels", ItemIdentities.Key),
        ("networks.*.ipam.options", ItemIdentities.Key),
        ("services.*.annotations", ItemIdentities.Key),
        ("services.*.build.args", ItemIdentities.Key),
        ("services.*.build.additional_contexts", ItemIdentities.Key),
        ("services.*.build.platform", ItemIdentities.Key),
        ("services.*.build.tags", ItemIdentities.Key),
        ("services.*.build.labels", ItemIdentities.Key),
        ("services.*.cap_add", ItemIdentities.Key),
        ("services.*.cap_drop", ItemIdentities.Key),
        ("services.*.configs", item => ItemIdentities.FileTarget(item, "")),
        ("services.*.deploy.labels", ItemIdentities.Key),
        ("services.*.devices", ItemIdentities.Device),
        ("services.*.dns", ItemIdentities.Key),
        ("services.*.dns_opt", ItemIdentities.Key),
        ("services.*.dns_search", ItemIdentities.Key),
        ("services.*.environment", ItemIdentities.Key),
        ("services.*.env_file", ItemIdentities.EnvFile),
        ("services.*.expose", ItemIdentities.Expose),
        ("services.*.labels", ItemIdentities.Key),
        ("services.*.links", ItemIdentities.Key),
        ("services.*.networks.*.aliases", ItemIdentities.Key),
        ("services.*.networks.*.link_local_ips", ItemIdentities.Key),
        ("services.*.ports", ItemIdentities.Port),
        ("services.*.profiles", ItemIdentities.Key),
        ("services.*.secrets", item => ItemIdentities.FileTarget(item, "/run/secrets")),
        ("services.*.sysctls", ItemIdentities.Key),
        ("services.*.tmpfs", ItemIdentities.Key),
        ("services.*.volumes", ItemIdentities.Mount),
    ]);

    private static readonly Identity KeyIdentity = ItemIdentities.Key;

    /// <summary>Drops the items that later ones replace.</summary>
    /// <param name="root">The model.</param>
    /// <returns>The model with unique items.</returns>
    public static MappingNode Enforce(MappingNode root) => (MappingNode)Enforce(root, Lists);

    private static Node Enforce(Node node, PathTable<Identity>? rules) => (node, rules) switch
    {
        (_, null) => node,
        (MappingNode mapping, _) => mapping.Select(entry => Enforce(entry.Value, rules.Below(entry.Key))),
        (SequenceNode list, { Rule: { } identity }) => Unique(list, identity),
        _ => node,
    };

    private static SequenceNode Unique(SequenceNode list, Identity identity)
    {
        var kept = new List<Node>(list.Count);
        var places = new Dictionary<string, int>(list.Count, StringComparer.Ordinal);
        foreach (Node item in list.Items)
        {
            string key = identity(item) ?? throw (identity.Equals(KeyIdentity) ? NoPair(item) : WithoutIdentity(item));
            if (places.TryGetValue(key, out int place))
            {
                kept[place] = Merger.Replace(kept[place], item);
            }
            else
            {
                places[key] = kept.Count;
                kept.Add(item);
            }
        }

        return kept.Count == list.Count ? list : new SequenceNode(kept, list.Origin);
    }

    private static ComposeException NoPair(Node item)
    {
        // Dashes before 'NAME: value' are the usual slip: half of the list form, half of the mapping.
        string name = item is MappingNode { Count: > 0 } mapping ? mapping.Entries[0].Key : "NAME";
        return ComposeException.At(
            ComposeErrorId.ComposeFileInvalid,
            $"Expected a text such as '{name}=value', found {NodeWords.Of(item)}.",
            $"Write '- {name}=value', or take the dashes away and write '{name}: value'.",
            item.Origin);
    }

    private static ComposeException WithoutIdentity(Node item) => ComposeException.At(
        ComposeErrorId.ComposeFileInvalid,
        $"Expected an item that says what it is for (its target, path or key), found {NodeWords.Of(item)} without it.",
        "Write the item in its short form, or give the long form its 'target' ('path' for an env_file).",
        item.Origin);
}
