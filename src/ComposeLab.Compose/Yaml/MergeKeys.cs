using ComposeLab.Compose.Diagnostics;

namespace ComposeLab.Compose.Yaml;

/// <summary>Applies <c>&lt;&lt;</c>: adds the keys of other mappings that are missing in this one and in earlier ones.</summary>
internal static class MergeKeys
{
    /// <summary>Adds the merged entries.</summary>
    /// <param name="entries">The mapping's own entries.</param>
    /// <param name="source">The value of the merge key: a mapping or a list of mappings.</param>
    /// <param name="budget">The budget for added values.</param>
    /// <returns>The entries with the merged ones after them.</returns>
    public static List<MappingEntry> Apply(List<MappingEntry> entries, Node source, AliasBudget budget)
    {
        // A reset key is removed before the merged keys are added.
        var taken = entries.Where(entry => entry.Value is not TaggedNode { Tag: YamlTag.Reset }).Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);
        foreach (MappingNode mapping in Sources(source))
        {
            if (!budget.TrySpend(mapping))
            {
                throw Fault(source, "The document is too large: its merge keys multiply its size.");
            }

            foreach (MappingEntry entry in mapping.Entries)
            {
                if (taken.Add(entry.Key))
                {
                    entries.Add(entry);
                }
                else if (TaggedNode.IsIn(entry.Value))
                {
                    // The mapping's own value has priority, but a tag in the other value still applies.
                    entries.Add(entry with { Value = new TaggedNode(YamlTag.Hidden, entry.Value) });
                }
            }
        }

        return entries;
    }

    private static IEnumerable<MappingNode> Sources(Node source) => source switch
    {
        MappingNode mapping => [mapping],
        TaggedNode tagged => Sources(tagged.Value),
        SequenceNode sequence => sequence.Items.SelectMany(item => item is SequenceNode ? throw NotAMapping(item) : Sources(item)),
        _ => throw NotAMapping(source),
    };

    private static ComposeException NotAMapping(Node node) => Fault(node, "Expected a mapping or a list of mappings after '<<:'.");

    private static ComposeException Fault(Node node, string message) =>
        ComposeException.At(ComposeErrorId.ComposeFileInvalid, message, "Merge a mapping: '<<: *anchor'.", node.Origin);
}
