namespace ComposeLab.Compose.Yaml;

/// <summary>Counts what aliases add to a document, as if it were written out, so that a small file cannot become a huge one.</summary>
internal sealed class AliasBudget
{
    private readonly Dictionary<Node, long> _sizes = new(ReferenceEqualityComparer.Instance);
    private long _left = YamlLimits.AliasedNodes;

    /// <summary>Pays for one more use of a node.</summary>
    /// <param name="node">The aliased node.</param>
    /// <returns>False when the budget is used up.</returns>
    public bool TrySpend(Node node) => (_left -= SizeOf(node)) >= 0;

    private long SizeOf(Node node)
    {
        if (node is ScalarNode)
        {
            return 1;
        }

        if (_sizes.TryGetValue(node, out long size))
        {
            return size;
        }

        size = 1 + node switch
        {
            MappingNode mapping => mapping.Entries.Sum(entry => SizeOf(entry.Value)),
            SequenceNode sequence => sequence.Items.Sum(SizeOf),
            TaggedNode tagged => SizeOf(tagged.Value),
            _ => 0,
        };
        return _sizes[node] = size;
    }
}
