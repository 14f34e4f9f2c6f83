namespace ComposeLab.Compose.Yaml;

/// <summary>Counts the nodes that aliases add to an expanded document, so that a small file cannot produce a huge one.</summary>
internal sealed class AliasBudget
{
    private readonly Dictionary<Node, long> _sizes = new(ReferenceEqualityComparer.Instance);
    private long _left = YamlLimits.AliasedNodes;

    /// <summary>Counts one more use of a node.</summary>
    /// <param name="node">The aliased node.</param>
    /// <returns>False if the budget is used up.</returns>
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

/// <summary>
/// Finds aliases that the reference treats as cycles: it rejects a value that is aliased both at a path and below it. With merge keys, it does so even if
/// there is no cycle. A project that it rejects must not load here.
/// </summary>
internal sealed class AliasPlaces
{
    private const string MergeKey = "<<";
    private const int LongestPlace = 1000;
    private const int MostAliases = 1000;

    private readonly List<(string Key, int Index)> _steps = [];
    private readonly Dictionary<Node, (HashSet<string> Used, HashSet<string> Above)> _places = new(ReferenceEqualityComparer.Instance);
    private int _length;
    private int _aliases;

    /// <summary>Enters the value of a key.</summary>
    /// <param name="key">The key; empty for an item of a list.</param>
    /// <param name="index">The item's index.</param>
    public void Enter(string key, int index = 0)
    {
        _steps.Add((key, index));
        _length += key.Length + 1;
    }

    /// <summary>Leaves the value.</summary>
    public void Leave()
    {
        _length -= _steps[^1].Key.Length + 1;
        _steps.RemoveAt(_steps.Count - 1);
    }

    /// <summary>Records that the current place contains an alias.</summary>
    /// <param name="node">The aliased value.</param>
    /// <returns>False if the reference treats it as a cycle. Above a limit nothing is checked, to keep the check fast.</returns>
    public bool TryUse(Node node)
    {
        if (_length > LongestPlace || ++_aliases > MostAliases)
        {
            return true;
        }

        // The reference ignores the first merge key on the path, and checks nothing below another one.
        int merge = _steps.FindIndex(step => step.Key == MergeKey);
        string place = string.Join('.', _steps.Where((_, position) => position != merge).Select(step => step.Key.Length > 0 ? step.Key.Replace('.', '\0') : $"[{step.Index}]"));
        if (place.Contains(MergeKey, StringComparison.Ordinal))
        {
            return true;
        }

        if (!_places.TryGetValue(node, out (HashSet<string> Used, HashSet<string> Above) known))
        {
            _places[node] = known = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        }

        string[] above = Above(place).ToArray();
        if (known.Above.Contains(place) || above.Any(known.Used.Contains))
        {
            return false;
        }

        known.Used.Add(place);
        known.Above.UnionWith(above);
        return true;
    }

    private static IEnumerable<string> Above(string place)
    {
        for (int dot = place.LastIndexOf('.'); dot > 0; dot = place.LastIndexOf('.', dot - 1))
        {
            yield return place[..dot];
        }
    }
}
