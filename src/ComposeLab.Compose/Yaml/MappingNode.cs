using System.Diagnostics.CodeAnalysis;

namespace ComposeLab.Compose.Yaml;

/// <summary>Keys with values, in the order they were written. Keys are unique and compared ordinally.</summary>
public sealed class MappingNode : Node
{
    // Fewer keys are compared faster than an index of them is built; most mappings are copies that are searched a few times.
    private const int IndexedFrom = 32;

    private readonly MappingEntry[] _entries;
    private Dictionary<string, int>? _index;

    /// <summary>Creates a mapping.</summary>
    /// <param name="entries">The entries; keys must be unique.</param>
    /// <param name="origin">Where the mapping was written.</param>
    public MappingNode(IEnumerable<MappingEntry> entries, Origin origin)
        : base(origin) => _entries = entries.ToArray();

    private MappingNode(MappingEntry[] entries, Origin origin)
        : base(origin) => _entries = entries;

    /// <summary>The entries in order.</summary>
    public IReadOnlyList<MappingEntry> Entries => _entries;

    /// <summary>How many keys there are.</summary>
    public int Count => _entries.Length;

    /// <summary>The value of a key, or null if the key is absent.</summary>
    /// <param name="key">The key.</param>
    public Node? this[string key] => TryGet(key, out Node? value) ? value : null;

    /// <summary>Whether the key is there, whatever its value.</summary>
    /// <param name="key">The key.</param>
    /// <returns>True if it is.</returns>
    public bool Contains(string key) => IndexOf(key) >= 0;

    /// <summary>Looks a key up.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Whether the key is there.</returns>
    public bool TryGet(string key, [NotNullWhen(true)] out Node? value)
    {
        int index = IndexOf(key);
        value = index < 0 ? null : _entries[index].Value;
        return index >= 0;
    }

    /// <summary>Looks a key up together with where it was written.</summary>
    /// <param name="key">The key.</param>
    /// <param name="entry">Its entry.</param>
    /// <returns>Whether the key is there.</returns>
    public bool TryGetEntry(string key, [NotNullWhen(true)] out MappingEntry? entry)
    {
        int index = IndexOf(key);
        entry = index < 0 ? null : _entries[index];
        return index >= 0;
    }

    /// <summary>A copy with another value for a key; a new key is added at the end.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its new value.</param>
    /// <returns>The changed copy.</returns>
    public MappingNode With(string key, Node value)
    {
        int index = IndexOf(key);
        if (index < 0)
        {
            return Of([.. _entries, new MappingEntry(key, value, value.Origin)], Origin);
        }

        if (ReferenceEquals(_entries[index].Value, value))
        {
            return this;
        }

        MappingEntry[] entries = (MappingEntry[])_entries.Clone();
        entries[index] = entries[index] with { Value = value };
        return Of(entries, Origin);
    }

    /// <summary>Creates a mapping without copying its entries.</summary>
    /// <param name="entries">The entries; keys must be unique. The array must not be changed later.</param>
    /// <param name="origin">Where the mapping was written.</param>
    internal static MappingNode Of(MappingEntry[] entries, Origin origin) => new(entries, origin);

    /// <summary>The entries, for loops that run often.</summary>
    internal ReadOnlySpan<MappingEntry> Span => _entries;

    /// <summary>This mapping with another value for a key; a new key is added at the end.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="keyOrigin">Where a new key was written.</param>
    internal MappingNode With(string key, Node value, Origin keyOrigin) =>
        Contains(key) ? With(key, value) : Of([.. _entries, new MappingEntry(key, value, keyOrigin)], Origin);

    /// <summary>This mapping with a value for a key that it does not have.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    internal MappingNode WithDefault(string key, Node value) => Contains(key) ? this : With(key, value);

    /// <summary>This mapping with text for a key that it does not have.</summary>
    /// <param name="key">The key.</param>
    /// <param name="text">The text.</param>
    internal MappingNode WithDefault(string key, string text) => Contains(key) ? this : With(key, ScalarNode.String(text, Origin.Default));

    /// <summary>A copy without a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The changed copy, or this mapping when the key is absent.</returns>
    public MappingNode Without(string key) =>
        IndexOf(key) is var index && index >= 0 ? Of([.. _entries.AsSpan(0, index), .. _entries.AsSpan(index + 1)], Origin) : this;

    /// <summary>A copy with a function applied to every value.</summary>
    /// <param name="change">Returns the new value of an entry; null removes the entry.</param>
    /// <returns>The changed copy, or this mapping when nothing changed.</returns>
    public MappingNode Select(Func<MappingEntry, Node?> change)
    {
        var changes = new EntryChanges(this);
        foreach (MappingEntry entry in _entries)
        {
            changes.Add(entry, change(entry));
        }

        return changes.ToNode();
    }

    /// <inheritdoc/>
    public override Node WithOrigin(Origin origin) => Of(_entries, origin);

    private int IndexOf(string key)
    {
        if (_entries.Length < IndexedFrom)
        {
            for (int position = 0; position < _entries.Length; position++)
            {
                if (_entries[position].Key == key)
                {
                    return position;
                }
            }

            return -1;
        }

        _index ??= BuildIndex();
        return _index.TryGetValue(key, out int index) ? index : -1;
    }

    private Dictionary<string, int> BuildIndex()
    {
        var index = new Dictionary<string, int>(_entries.Length, StringComparer.Ordinal);
        for (int position = 0; position < _entries.Length; position++)
        {
            index[_entries[position].Key] = position;
        }

        return index;
    }
}

/// <summary>Collects the changed values of a mapping, and allocates nothing if none has changed.</summary>
/// <param name="mapping">The mapping.</param>
internal struct EntryChanges(MappingNode mapping)
{
    private MappingEntry[]? _entries;
    private int _seen;
    private int _kept;

    /// <summary>Adds the next entry, in order.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="value">Its new value; null removes the entry.</param>
    public void Add(MappingEntry entry, Node? value)
    {
        bool isSame = ReferenceEquals(value, entry.Value);
        if (_entries is null && !isSame)
        {
            _entries = new MappingEntry[mapping.Count];
            mapping.Span[.._seen].CopyTo(_entries);
            _kept = _seen;
        }

        _seen++;
        if (_entries is not null && value is not null)
        {
            _entries[_kept++] = isSame ? entry : new MappingEntry(entry.Key, value, entry.KeyOrigin);
        }
    }

    /// <summary>The mapping with the changes.</summary>
    /// <returns>The mapping itself if nothing has changed.</returns>
    public readonly MappingNode ToNode() => _entries is null ? mapping
        : MappingNode.Of(_kept == _entries.Length ? _entries : _entries[.._kept], mapping.Origin);
}

/// <summary>A key and its value. A class, because the runtime has precompiled its collections for references only.</summary>
/// <param name="Key">The key; always text in a Compose file.</param>
/// <param name="Value">The value.</param>
/// <param name="KeyOrigin">Where the key was written (a nested value may begin lines later).</param>
public sealed record MappingEntry(string Key, Node Value, Origin KeyOrigin);
