using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Environment;

/// <summary>Gathers the variables or labels of several files: a later one replaces an earlier one, and its origin remembers it.</summary>
internal sealed class FileMapping
{
    private readonly List<MappingEntry> _entries = [];
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

    /// <summary>Whether nothing was added.</summary>
    public bool IsEmpty => _entries.Count == 0;

    /// <summary>Adds all entries of a mapping.</summary>
    /// <param name="mapping">The mapping; null adds nothing.</param>
    public void Add(MappingNode? mapping)
    {
        foreach (MappingEntry entry in mapping?.Entries ?? [])
        {
            Add(entry);
        }
    }

    /// <summary>Adds an entry.</summary>
    /// <param name="entry">The entry.</param>
    public void Add(MappingEntry entry)
    {
        if (!_positions.TryGetValue(entry.Key, out int position))
        {
            _positions[entry.Key] = _entries.Count;
            _entries.Add(entry);
            return;
        }

        Node earlier = _entries[position].Value;
        _entries[position] = entry with { Value = entry.Value.WithOrigin(entry.Value.Origin.Replacing(earlier.Origin)) };
    }

    /// <summary>What was gathered.</summary>
    /// <param name="origin">The origin of the whole.</param>
    /// <returns>A mapping in the order in which the names first appeared.</returns>
    public MappingNode ToNode(Origin origin) => new(_entries, origin);
}
