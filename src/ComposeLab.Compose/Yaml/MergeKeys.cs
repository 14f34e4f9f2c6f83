using ComposeLab.Compose.Diagnostics;

namespace ComposeLab.Compose.Yaml;

/// <summary>Applies <c>&lt;&lt;</c>: the keys of other mappings, where this one and earlier ones lack them.</summary>
internal static class MergeKeys
{
    /// <summary>Adds the merged entries.</summary>
    /// <param name="entries">The mapping's own entries.</param>
    /// <param name="source">The value of the merge key: a mapping or a list of mappings.</param>
    /// <param name="budget">Pays for what is added.</param>
    /// <returns>The entries with the merged ones after them.</returns>
    public static List<MappingEntry> Apply(List<MappingEntry> entries, Node source, AliasBudget budget)
    {
        // A key that is reset is gone before the merged ones come.
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
                    // The mapping's own value wins, but a tag in the other one counts here all the same.
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
