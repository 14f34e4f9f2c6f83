using System.Diagnostics.CodeAnalysis;

namespace ComposeLab.Compose.Yaml;

/// <summary>Keys with values, in the order they were written. Keys are unique and compared ordinally.</summary>
public sealed class MappingNode : Node
{
    private const int IndexedFrom = 8;

    private readonly MappingEntry[] _entries;
    private Dictionary<string, int>? _index;

    /// <summary>Creates a mapping.</summary>
    /// <param name="entries">The entries; keys must be unique.</param>
    /// <param name="origin">Where the mapping was written.</param>
    public MappingNode(IEnumerable<MappingEntry> entries, Origin origin)
        : base(origin) => _entries = entries.ToArray();

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
            return new MappingNode([.. _entries, new MappingEntry(key, value, value.Origin)], Origin);
        }

        MappingEntry[] entries = (MappingEntry[])_entries.Clone();
        entries[index] = entries[index] with { Value = value };
        return new MappingNode(entries, Origin);
    }

    /// <summary>This mapping with another value for a key; a new key is added at the end.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="keyOrigin">Where a new key was written.</param>
    internal MappingNode With(string key, Node value, Origin keyOrigin) =>
        Contains(key) ? With(key, value) : new MappingNode([.. _entries, new MappingEntry(key, value, keyOrigin)], Origin);

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
        Contains(key) ? new MappingNode(_entries.Where(entry => entry.Key != key), Origin) : this;

    /// <summary>A copy with a function applied to every value.</summary>
    /// <param name="change">Returns the new value of an entry; null removes the entry.</param>
    /// <returns>The changed copy, or this mapping when nothing changed.</returns>
    public MappingNode Select(Func<MappingEntry, Node?> change)
    {
        List<MappingEntry>? changed = null;
        for (int index = 0; index < _entries.Length; index++)
        {
            Node? value = change(_entries[index]);
            if (changed is null && !ReferenceEquals(value, _entries[index].Value))
            {
                changed = new List<MappingEntry>(_entries.Length);
                changed.AddRange(_entries.AsSpan(0, index));
            }

            if (value is not null)
            {
                changed?.Add(_entries[index] with { Value = value });
            }
        }

        return changed is null ? this : new MappingNode(changed, Origin);
    }

    /// <inheritdoc/>
    public override Node WithOrigin(Origin origin) => new MappingNode(_entries, origin);

    private int IndexOf(string key)
    {
        if (_entries.Length < IndexedFrom)
        {
            return Array.FindIndex(_entries, entry => entry.Key == key);
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

/// <summary>A key and its value. A class, because the runtime has precompiled its collections for references only.</summary>
/// <param name="Key">The key; always text in a Compose file.</param>
/// <param name="Value">The value.</param>
/// <param name="KeyOrigin">Where the key was written (a nested value may begin lines later).</param>
public sealed record MappingEntry(string Key, Node Value, Origin KeyOrigin);
